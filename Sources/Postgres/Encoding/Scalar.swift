/// A value of fixed width: its binary form is one big-endian integer.
protocol Scalar {
    associatedtype Wire: FixedWidthInteger & BitwiseCopyable

    /// The integer to send; nil when the type cannot hold the value.
    var wire: Wire? { get }
}

extension Int16: Scalar { var wire: Int16? { self } }
extension Int32: Scalar { var wire: Int32? { self } }
extension Int64: Scalar { var wire: Int64? { self } }
extension Bool: Scalar { var wire: UInt8? { self ? 1 : 0 } }
extension Double: Scalar { var wire: UInt64? { bitPattern } }

/// Microseconds since 1970.
struct WireTimestamp: Scalar {
    let value: Int64
    var wire: Int64? { PostgresTime.sincePostgresEpoch(value) }
}

/// Days since 1970.
struct WireDate: Scalar {
    let value: Int32
    var wire: Int32? {
        let (shifted, overflow) = value.subtractingReportingOverflow(PostgresTime.epochDays)
        return overflow ? nil : shifted
    }
}
