/// What a SKU's stock and demand say: how long it lasts, whether there is too much of it, and when and how much to reorder.
///
/// Continuous review with an order-up-to level, after Silver, Pyke and Peterson, *Inventory Management and Production Planning and
/// Scheduling*, 3rd edition (1998), chapter 7: demand during the lead time is taken as normal, its deviation as `σ·√L`.
package struct StockPlan: Hashable, Sendable {
    /// What the operator assumes.
    package struct Assumptions: Hashable, Sendable {
        /// The window demand is measured over.
        package var days: Int64
        /// From an order to the goods on the shelf, where the network says nothing of it.
        package var leadDays: Int64
        /// How often it is ordered: an order lasts this long beyond the reorder point.
        package var reviewDays: Int64
        /// Cover beyond so many days is too much.
        package var overDays: Int64
        /// Chance, in percent, that the stock lasts until the goods come: above 0 and below 100.
        package var servicePercent: Double

        package init(days: Int64 = 30, leadDays: Int64 = 14, reviewDays: Int64 = 7, overDays: Int64 = 90, servicePercent: Double = 95) {
            self.days = days
            self.leadDays = leadDays
            self.reviewDays = reviewDays
            self.overDays = overDays
            self.servicePercent = servicePercent
        }
    }

    /// What is known of one SKU.
    package struct Facts: Hashable, Sendable {
        package var onHand: Int64
        /// On hand and promised to nobody.
        package var available: Int64
        /// Units that customers wait for.
        package var waiting: Int64
        /// Units that are on their way: ordered, announced, and not there yet.
        package var incoming: Int64
        /// From an order to the goods on the shelf, as the network says for the locations of the SKU: the longest.
        package var leadDays: Int64?
        /// Units that left within the window.
        package var demand: Int64
        /// Σ of the squares of each day's demand.
        package var squares: Double

        package init(
            onHand: Int64,
            available: Int64,
            waiting: Int64,
            incoming: Int64 = 0,
            leadDays: Int64? = nil,
            demand: Int64,
            squares: Double
        ) {
            self.onHand = onHand
            self.available = available
            self.waiting = waiting
            self.incoming = incoming
            self.leadDays = leadDays
            self.demand = demand
            self.squares = squares
        }
    }

    /// Mean demand a day: `d`.
    package var dailyDemand: Double
    /// Standard deviation of a day's demand, days without any included: `σ`.
    package var deviation: Double
    /// `available / d`; `nil` without demand.
    package var coverDays: Double?
    /// `z·σ·√L`.
    package var safetyStock: Double
    /// `d·L + z·σ·√L`, rounded up.
    package var reorderPoint: Int64
    /// `L`, in days.
    package var leadDays: Int64
    /// To be ordered now: up to `reorder point + d·R`, where the inventory position (available and incoming, less waiting) is at the reorder
    /// point or below; else 0.
    package var reorderUnits: Int64
    /// What lies beyond the cover that is wanted; 0 without demand: that is dead stock.
    package var excessUnits: Int64
    /// On hand, and nobody bought any within the window.
    package var isDead: Bool

    package init(_ facts: Facts, _ assumptions: Assumptions) {
        let days = Double(max(1, assumptions.days))
        let mean = max(0, Double(facts.demand)) / days
        leadDays = max(0, facts.leadDays ?? assumptions.leadDays)
        let lead = Double(leadDays)
        let z = Normal.quantile(min(max(assumptions.servicePercent, 50), 99.9999) / 100)
        dailyDemand = mean
        deviation = max(0, facts.squares / days - mean * mean).squareRoot()
        coverDays = mean > 0 ? Double(max(0, facts.available)) / mean : nil
        safetyStock = z * deviation * lead.squareRoot()
        reorderPoint = Self.units(mean * lead + safetyStock)
        let position = Double(facts.available) + Double(facts.incoming) - Double(facts.waiting)
        let target = Double(reorderPoint) + mean * Double(max(0, assumptions.reviewDays))
        let isDue = position <= Double(reorderPoint) && (mean > 0 || facts.waiting > 0)
        reorderUnits = isDue ? Self.units(max(0, target - position)) : 0
        excessUnits = mean > 0 ? Self.units(max(0, Double(facts.available) - mean * Double(assumptions.overDays)).rounded(.down)) : 0
        isDead = facts.onHand > 0 && facts.demand <= 0
    }

    /// Rounded up, within what 64 bits hold.
    private static func units(_ amount: Double) -> Int64 { Int64(exactly: min(amount, 1e15).rounded(.up)) ?? 0 }
}
