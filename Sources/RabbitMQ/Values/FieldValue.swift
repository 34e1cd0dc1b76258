/// A value in a message's headers or in the arguments of a queue, exchange or binding.
///
/// The wire knows more integer types than this; all arrive as ``int(_:)``. A decimal, or an unsigned integer beyond `Int64`, arrives as
/// ``double(_:)``, and a string that is not UTF-8 as ``bytes(_:)``.
package enum FieldValue: Sendable, Hashable {
    case string(String)
    case int(Int64)
    case bool(Bool)
    case bytes([UInt8])
    /// Seconds since 1970, as AMQP has it.
    case timestamp(Int64)
    case list([FieldValue])
    case table([String: FieldValue])
    case double(Double)
    case null
}

extension FieldValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}
