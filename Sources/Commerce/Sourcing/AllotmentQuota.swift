/// How much of a SKU is one channel's alone, from what it and all channels have taken since the allotment started.
extension Allotment.Size {
    /// Units that are the channel's now, its baskets' leases included.
    ///
    /// A share is one of all that there was to sell: of what is free and what was taken. Taken of what is free alone, it would melt:
    /// each unit that another channel buys would free a part of the next.
    ///
    /// - Parameters:
    ///   - free: units that are free over all locations that may ship.
    ///   - sold: what the channel has reserved or shipped since the allotment started.
    ///   - soldByAll: what all channels have, this one included.
    package func quota(free: Int64, sold: Int64, soldByAll: Int64) -> Int64 {
        switch self {
        case .units(let units): max(0, units - sold)
        case .percent(let percent):
            // Whole units, rounded down; in two steps, so that no product overflows.
            max(0, Self.share(percent, of: max(0, free) + max(0, soldByAll)) - sold)
        }
    }

    private static func share(_ percent: Int64, of units: Int64) -> Int64 {
        let (hundreds, rest) = units.quotientAndRemainder(dividingBy: 100)
        return hundreds * percent + rest * percent / 100
    }
}
