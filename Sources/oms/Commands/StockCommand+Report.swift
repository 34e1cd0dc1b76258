internal import ArgumentParser
internal import Commerce
internal import Postgres
internal import Store
internal import Workers

extension StockCommand {
    struct Report: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What runs out, what to reorder, what lies too long; and how suppliers keep their word.",
            discussion: """
                Demand is what left for customers within the window (dispatches, till sales, what they collected), a day d on average with \
                deviation s. Days of cover = available / d. Reorder point = d*L + z*s*sqrt(L) for lead time L (Silver, Pyke, Peterson: \
                Inventory Management, ch. 7); due when available + incoming - waiting is at or below it, up to the reorder point + d*R. L is \
                `leadTimeDays` of the SKU's locations or their suppliers, the longest, else --lead-days. Too much: beyond --over-days of cover. \
                Dead: on hand, and none left within the window. ops/docs/stock.md has more on each.

                Example: oms stock report --days 60 --lead-days 10 --location ber-1 --limit 20
                """
        )

        @Option(help: "The window demand is measured over, in days back from now.")
        var days: Int64 = 30

        @Option(help: "Lead time L, where the network says none: days from an order to the goods on the shelf.")
        var leadDays: Int64 = 14

        @Option(help: "R: days an order lasts beyond the reorder point.")
        var reviewDays: Int64 = 7

        @Option(help: "More days of cover than this is too much.")
        var overDays: Int64 = 90

        @Option(help: "Chance in percent that stock lasts through the lead time; z is its quantile.")
        var service = 95.0

        @Option(help: "Rows of each list.")
        var limit = 10

        @Option(help: "Only this location; may be given several times.")
        var location: [String] = []

        @Flag(help: "Print one JSON object.")
        var json = false

        func run() async throws {
            let assumptions = try checkedAssumptions()
            let session = try await Settings.load().session()
            let (names, limit, now) = (location, limit, SystemClock.now())
            let page = try await session.read(attempts: 1) { tx in
                let network = try NetworkStore.load(in: tx)
                let keys = try names.map { name in
                    guard let entry = network.location(name) else {
                        throw CommandFailure.wrongUse("No location \(Terminal.safe(name)) is in the network.")
                    }
                    return entry.key
                }
                let scope = StockFigures.Scope(
                    now: now,
                    days: assumptions.days,
                    locations: keys.isEmpty ? nil : keys,
                    leadDays: Dictionary(
                        network.locations.compactMap { entry in network.leadTimeDays(of: entry).map { (entry.key, $0) } },
                        uniquingKeysWith: { first, _ in first }
                    )
                )
                var report = StockReport(assumptions, limit: limit)
                try StockFigures.skus(scope, in: tx) { skus in
                    for sku in skus { report.add(sku: sku.key, sku.facts) }
                }
                let shown = [report.reorder, report.cover, report.over, report.dead].flatMap { $0.rows.map(\.sku) }
                return StockReportPage(
                    report: report,
                    names: try SKUStore.names(of: Array(Set(shown)), in: tx),
                    supply: SupplyReport(
                        try SupplyFigures.of(scope, in: tx),
                        reliability: try ReliabilityStore.all(in: tx),
                        network: network,
                        locations: keys,
                        now: now
                    ),
                    now: now
                )
            }
            if json { return Terminal.print(page.json) }
            for line in page.text { Terminal.print(line) }
        }

        private func checkedAssumptions() throws -> StockPlan.Assumptions {
            for (name, value) in [("days", days), ("lead-days", leadDays), ("review-days", reviewDays), ("over-days", overDays)] {
                guard (1...3_650).contains(value) else { throw CommandFailure.wrongUse("--\(name) must be 1 to 3650.") }
            }
            guard service >= 50, service < 100 else { throw CommandFailure.wrongUse("--service must be 50 or more and below 100.") }
            guard (1...1_000).contains(limit) else { throw CommandFailure.wrongUse("--limit must be 1 to 1000.") }
            return StockPlan.Assumptions(
                days: days,
                leadDays: leadDays,
                reviewDays: reviewDays,
                overDays: overDays,
                servicePercent: service
            )
        }
    }
}
