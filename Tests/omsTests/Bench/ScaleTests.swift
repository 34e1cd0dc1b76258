import Testing

@testable import oms

/// The arithmetic of `ops/bench scale`.
@Suite struct ScaleTests {
    /// 350 µs per order of this system, 10 of the generator.
    private var figures: Figures {
        var figures = Figures()
        for (name, value) in [
            ("publish_broker_us", 40.0), ("publish_generator_us", 10), ("intake_database_us", 70), ("intake_broker_us", 20),
            ("intake_worker_us", 40), ("sourcing_database_us", 110), ("sourcing_broker_us", 20), ("sourcing_worker_us", 50),
            ("queue_publish_per_s", 40_000), ("sourcing_process_per_s", 8_000), ("wal_bytes_per_order", 6_250),
        ] { figures.add(name, value) }
        return figures
    }

    @Test func the_budget_sums_by_stage_and_by_part() throws {
        let budget = try #require(StageBudget(figures))
        #expect(budget.total == 360 && budget.own == 350)
        #expect(budget.of(.intake) == 130 && budget.of(.database) == 180)
        #expect(
            budget.lines == [
                "µs per order     database     broker     worker  generator   together",
                "publish                 0         40          0         10         50",
                "intake                 70         20         40          0        130",
                "sourcing              110         20         50          0        180",
                "together              180         80         90         10        360",
            ]
        )
        #expect(StageBudget(Figures()) == nil)
    }

    @Test(
        arguments: [
            (2, 5_714, .cores, 1), (8, 8_000, .stockLocks, 3), (32, 8_000, .stockLocks, 12), (128, 8_000, .stockLocks, 46),
        ] as [(Int, Double, ScalePrediction.Ceiling, Int)]
    )
    func cores_count_until_a_ceiling(_ cores: Int, _ speed: Double, _ first: ScalePrediction.Ceiling, _ groups: Int) throws {
        let row = try #require(ScalePrediction(figures, walMegabytes: 500)).row(cores: cores)
        #expect(row.predicted.rounded() == speed && row.first == first && row.groups == groups)
    }

    @Test func the_log_can_be_the_first_ceiling() throws {
        let prediction = try #require(ScalePrediction(figures, walMegabytes: 25))
        #expect(prediction.ceilings[.wal] == 4_000)
        #expect(prediction.row(cores: 8).first == .wal)
    }

    @Test func the_table_says_that_it_is_a_prediction_and_fits_80_columns() throws {
        let lines = try #require(ScalePrediction(figures, walMegabytes: 500)).lines
        #expect(lines.first?.hasPrefix("PREDICTION") == true)
        #expect(lines.contains("8            22,857        8,000*      40,000       80,000       8,000       3"))
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test func without_measured_stages_nothing_is_predicted() { #expect(ScalePrediction(Figures(), walMegabytes: 500) == nil) }

    @Test(arguments: [(2, 2), (4, 2), (4, 4), (8, 8), (1, 1), (64, 0)]) func too_few_cores_are_not_divided(_ cores: Int, _ workers: Int) {
        #expect(CorePlan(cores: cores, workers: workers) == nil)
    }

    @Test(arguments: [(5, 2), (8, 2), (8, 4), (16, 8), (64, 8)]) func every_core_is_somebodys_and_nobodys_twice(
        _ cores: Int,
        _ workers: Int
    ) throws {
        let plan = try #require(CorePlan(cores: cores, workers: workers))
        let parts = [plan.database, plan.broker, plan.generator, plan.workers]
        #expect(parts.flatMap(Array.init) == Array(0..<cores))
        #expect(plan.workers.count == workers && plan.generator.count == 1 && plan.broker.count >= 1)
        #expect(plan.database.count >= plan.broker.count)
    }

    @Test func cores_are_named_as_taskset_takes_them() {
        #expect(CorePlan.list(3..<4) == "3" && CorePlan.list(0..<4) == "0-3")
    }

    @Test func processes_are_read_whatever_their_name() throws {
        let stat = "42 (a (b) c) S 7 42 42 0 -1 4194304 1 2 3 4 100 20 30 4 20 0 1 0 5 6 7"
        let entry = try #require(ProcessTable.Entry(stat: stat))
        #expect(entry.pid == 42 && entry.parent == 7 && entry.own == 120 && entry.ended == 34)
        #expect(ProcessTable.Entry(stat: "42 (x) S") == nil && ProcessTable.Entry(stat: "") == nil)
    }

    @Test func a_tree_is_a_process_and_all_below_it() {
        func entry(_ pid: Int, _ parent: Int) -> ProcessTable.Entry? {
            ProcessTable.Entry(stat: "\(pid) (p) S \(parent) 0 0 0 0 0 0 0 0 0 1 2 3 4 0 0")
        }
        let table = ProcessTable([(1, 0), (2, 1), (3, 2), (4, 1), (9, 0)].compactMap { entry($0.0, $0.1) })
        #expect(Set(table.tree(of: 2).map(\.pid)) == [2, 3])
        #expect(table.ticks(below: 1) == 40 && table.ticks(below: 77) == 0)
    }

    @Test func processor_time_is_shared_by_the_orders() {
        let before = ProcessorTimes(seconds: [.database: 1, .broker: 2])
        let after = ProcessorTimes(seconds: [.database: 3, .broker: 2])
        #expect(after.micros(since: before, orders: 20_000) == [.database: 100, .broker: 0])
    }
}
