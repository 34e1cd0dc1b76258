/// What an operator has to know of all SKUs together, and the worst of each kind: fed one SKU after the other, in any number.
package struct StockReport: Sendable {
    package struct Row: Sendable, Hashable {
        /// The SKU's key.
        package var sku: Int64
        package var facts: StockPlan.Facts
        package var plan: StockPlan
    }

    /// A list that keeps its first rows by a score, and counts them all.
    package struct List: Sendable {
        package private(set) var rows: [Row] = []
        package private(set) var count: Int64 = 0
        /// Σ of what the list is about, in units.
        package private(set) var units: Int64 = 0
        private var scores: [Double] = []
        private let limit: Int

        init(limit: Int) { self.limit = limit }

        /// - Parameter score: the smallest come first; equal ones by SKU.
        mutating func add(_ row: Row, score: Double, units: Int64) {
            count += 1
            self.units = Amount.sum(self.units, units) ?? .max
            var place = scores.count
            while place > 0, (score, row.sku) < (scores[place - 1], rows[place - 1].sku) { place -= 1 }
            guard place < limit else { return }
            rows.insert(row, at: place)
            scores.insert(score, at: place)
            if rows.count > limit {
                rows.removeLast()
                scores.removeLast()
            }
        }
    }

    package let assumptions: StockPlan.Assumptions
    package private(set) var skus: Int64 = 0
    package private(set) var available: Int64 = 0
    package private(set) var demand: Int64 = 0
    /// Due to be ordered, the shortest cover first; units to order.
    package private(set) var reorder: List
    /// With demand, the shortest cover first; units available.
    package private(set) var cover: List
    /// Beyond the wanted cover, the most units first; units in excess.
    package private(set) var over: List
    /// On hand without demand, the most units first; units on hand.
    package private(set) var dead: List

    /// - Parameter limit: rows of each list.
    package init(_ assumptions: StockPlan.Assumptions, limit: Int) {
        self.assumptions = assumptions
        reorder = List(limit: limit)
        cover = List(limit: limit)
        over = List(limit: limit)
        dead = List(limit: limit)
    }

    package mutating func add(sku: Int64, _ facts: StockPlan.Facts) {
        let plan = StockPlan(facts, assumptions)
        let row = Row(sku: sku, facts: facts, plan: plan)
        skus += 1
        available = Amount.sum(available, facts.available) ?? .max
        demand = Amount.sum(demand, facts.demand) ?? .max
        if plan.reorderUnits > 0 { reorder.add(row, score: plan.coverDays ?? 0, units: plan.reorderUnits) }
        if let days = plan.coverDays { cover.add(row, score: days, units: facts.available) }
        if plan.excessUnits > 0 { over.add(row, score: -Double(plan.excessUnits), units: plan.excessUnits) }
        if plan.isDead { dead.add(row, score: -Double(facts.onHand), units: facts.onHand) }
    }
}
