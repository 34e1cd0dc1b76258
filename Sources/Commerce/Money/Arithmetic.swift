/// Checked arithmetic on amounts and quantities that came from outside: `nil` instead of a trap or a wrap.
package enum Amount {
    /// The most a unit price or a shipping price may be, in minor units.
    package static let maximumUnitPrice: Int64 = 1_000_000_000_000
    /// The most a total, and every sum on the way to it, may be, in minor units.
    package static let maximumTotal: Int64 = 1_000_000_000_000_000

    /// `left` + `right`; `nil` on overflow.
    package static func sum(_ left: Int64, _ right: Int64) -> Int64? {
        let (value, overflow) = left.addingReportingOverflow(right)
        return overflow ? nil : value
    }

    /// `left` − `right`; `nil` on overflow.
    package static func difference(_ left: Int64, _ right: Int64) -> Int64? {
        let (value, overflow) = left.subtractingReportingOverflow(right)
        return overflow ? nil : value
    }

    /// `left` × `right`; `nil` on overflow.
    package static func product(_ left: Int64, _ right: Int64) -> Int64? {
        let (value, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? nil : value
    }

    /// Σ `amounts`; `nil` on overflow.
    package static func sum(_ amounts: some Sequence<Int64>) -> Int64? {
        var total: Int64 = 0
        for amount in amounts {
            guard let next = sum(total, amount) else { return nil }
            total = next
        }
        return total
    }

    /// `amount` × `numerator` / `denominator`, rounded half up (a half goes away from zero, so that a refund mirrors its charge).
    /// Exact in between; what does not fit is cut to the largest `Int64`. A `denominator` of 0 gives 0.
    package static func scaled(_ amount: Int64, by numerator: Int64, over denominator: Int64) -> Int64 {
        guard denominator != 0 else { return 0 }
        let product = Int128(amount) * Int128(numerator)
        let divisor = Int128(denominator.magnitude)
        let magnitude = (product.magnitude * 2 + divisor.magnitude) / (divisor.magnitude * 2)
        let limited = Int64(clamping: magnitude)
        return (product < 0) != (denominator < 0) ? -limited : limited
    }
}

extension TaxRate {
    /// The tax on a net amount: rounded half up, in the amount's own unit.
    package func tax(onNet net: Int64) -> Int64 { Amount.scaled(net, by: micros, over: Self.whole) }

    /// The tax that is inside a gross amount: rounded half up, in the amount's own unit.
    package func tax(inGross gross: Int64) -> Int64 { Amount.scaled(gross, by: micros, over: Self.whole + micros) }

    /// The net inside a gross amount, rounded half up. Not always `gross − tax(inGross:)`: at a half both round up.
    package func net(ofGross gross: Int64) -> Int64 { Amount.scaled(gross, by: Self.whole, over: Self.whole + micros) }

    /// 100 %, in millionths of a percent.
    package static let whole: Int64 = 100_000_000
}
