import Commerce
import Testing

struct StockPlanTests {
    private func facts(_ available: Int64, demand: [Int64], waiting: Int64 = 0) -> StockPlan.Facts {
        StockPlan.Facts(
            onHand: available,
            available: available,
            waiting: waiting,
            demand: demand.reduce(0, +),
            squares: demand.reduce(0) { $0 + Double($1 * $1) }
        )
    }

    /// Checked by hand: d = 10, σ = √(Σx²/4 − d²) = √50, z(95 %) = 1.6449, L = 9: safety stock 1.6449 · 7.0711 · 3 = 34.89.
    @Test func the_reorder_point_is_demand_of_the_lead_time_plus_safety_stock() {
        let assumptions = StockPlan.Assumptions(days: 4, leadDays: 9, reviewDays: 5, overDays: 20, servicePercent: 95)
        let plan = StockPlan(facts(100, demand: [0, 10, 20, 10], waiting: 5), assumptions)
        #expect(plan.dailyDemand == 10 && plan.coverDays == 10)
        #expect(abs(plan.deviation - 7.0711) < 0.001 && abs(plan.safetyStock - 34.89) < 0.01)
        #expect(plan.reorderPoint == 125)
        // Up to 125 + 5 days of 10, from a position of 95.
        #expect(plan.reorderUnits == 80)
        #expect(plan.excessUnits == 0 && !plan.isDead)
    }

    @Test(
        arguments: [
            (125, 0, 50, "at the reorder point"), (126, 0, 0, "above it"), (130, 5, 50, "waiting orders count against it"),
            (300, 0, 0, "plenty"),
        ] as [(Int64, Int64, Int64, String)]
    )
    func it_is_due_at_the_reorder_point(available: Int64, waiting: Int64, order: Int64, name: String) {
        let assumptions = StockPlan.Assumptions(days: 4, leadDays: 9, reviewDays: 5, overDays: 20, servicePercent: 95)
        let plan = StockPlan(facts(available, demand: [0, 10, 20, 10], waiting: waiting), assumptions)
        #expect(plan.reorderUnits == order, "\(name)")
        #expect(plan.excessUnits == max(0, available - 200), "\(name)")
    }

    @Test func without_demand_stock_is_dead_and_nothing_is_due() {
        let plan = StockPlan(facts(40, demand: []), .init())
        #expect(plan.isDead && plan.coverDays == nil && plan.reorderUnits == 0 && plan.excessUnits == 0)
        #expect(!StockPlan(facts(0, demand: []), .init()).isDead)
        #expect(StockPlan(facts(0, demand: [], waiting: 3), .init()).reorderUnits == 3, "whoever waits is demand too")
    }

    @Test func no_figure_overflows() {
        let plan = StockPlan(.init(onHand: .max, available: .max, waiting: .max, demand: .max, squares: 1e300), .init())
        #expect(plan.reorderPoint > 0 && plan.excessUnits >= 0)
        #expect(StockPlan(.init(onHand: .min, available: .min, waiting: .max, demand: .min, squares: -1), .init()).deviation == 0)
    }

    /// The quantiles of printed tables.
    @Test(
        arguments: [
            (0.5, 0), (0.8413447461, 1), (0.9, 1.2815516), (0.95, 1.6448536), (0.99, 2.3263479), (0.999, 3.0902323), (0.01, -2.3263479),
        ] as [(Double, Double)]
    )
    func quantiles_are_those_of_the_tables(chance: Double, value: Double) {
        #expect(abs(Normal.quantile(chance) - value) < 1e-6)
    }

    @Test func a_report_keeps_the_worst_and_counts_all() {
        var report = StockReport(.init(days: 10, leadDays: 1, overDays: 30), limit: 2)
        for sku in 1...9 as ClosedRange<Int64> {
            report.add(sku: sku, facts(sku * 100, demand: Array(repeating: 1, count: 10)))
            report.add(sku: 100 + sku, facts(sku, demand: []))
        }
        #expect(report.skus == 18 && report.demand == 90)
        #expect(report.cover.rows.map(\.sku) == [1, 2] && report.cover.count == 9)
        #expect(report.over.rows.map(\.sku) == [9, 8] && report.over.count == 9)
        #expect(report.dead.rows.map(\.sku) == [109, 108] && report.dead.count == 9 && report.dead.units == 45)
    }

    @Test func goods_on_their_way_count_and_a_lead_time_of_its_own_goes_first() {
        let assumptions = StockPlan.Assumptions(days: 4, leadDays: 9, reviewDays: 5)
        var known = facts(10, demand: [10, 10, 10, 10])
        let alone = StockPlan(known, assumptions)
        // No deviation: 10 a day over 9 days, and 5 beyond.
        #expect(alone.leadDays == 9 && alone.reorderPoint == 90 && alone.reorderUnits == 130)
        known.incoming = 70
        #expect(StockPlan(known, assumptions).reorderUnits == 60)
        known.incoming = 81
        #expect(StockPlan(known, assumptions).reorderUnits == 0, "above the reorder point")
        known.leadDays = 10
        #expect(StockPlan(known, assumptions).reorderPoint == 100 && StockPlan(known, assumptions).reorderUnits == 59)
    }
}
