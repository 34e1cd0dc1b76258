internal import ArgumentParser
internal import Commerce
internal import Postgres
internal import Store
internal import TradeNetwork
internal import Workers

extension RulesCommand {
    struct Simulate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What past orders would have come to under other rules.",
            discussion: """
                Decides the decisions of that time again, under the network in force and with the file applied to it, and compares. Nothing is \
                changed, and no worker is disturbed. Stock, capacity, freshness, reliability and the time are those of then, as they \
                were kept with each decision; rules, costs, priorities, calendars and whatever else a network file says are those of now, or \
                of the file. Each order is decided for itself, on the stock as it found it. All times are UTC.

                Example: oms rules simulate ops/examples/rules-costs.yaml --since 2026-11-01
                """
        )

        @Argument(help: "The network file with the new rules, or - for standard input.")
        var file: String

        @Option(help: "Decisions from this time on: 2026-11-22, or 2026-11-22T10:15:00Z. Seven days before --until, unless given.")
        var since: String?

        @Option(help: "Decisions before this time. Now, unless given.")
        var until: String?

        @Option(help: "How many of the decisions that differ are listed.")
        var limit = 20

        @Flag(help: "List all that differ.")
        var all = false

        @Flag(help: "Print a JSON object a line: the decisions that differ, then the sums.")
        var json = false

        private static let pageSize: Int32 = 500
        private static let standardSpan: Int64 = 7 * 86_400

        func run() async throws {
            guard limit >= 0 else { throw CommandFailure.wrongUse("--limit must not be below 0.") }
            let until = try Self.moment(until, "until") ?? SystemClock.now()
            let since = try Self.moment(since, "since") ?? until.adding(seconds: -Self.standardSpan)
            guard since < until else { throw CommandFailure.wrongUse("--since must be before --until.") }
            let text = try InputFile.text(file, limit: NetworkFile.maximumBytes)
            let session = try await Settings.load().session()
            let new = try await NetworkSetup.read(text, name: file, session: session)
            let network = try await session.read { tx in try NetworkStore.load(in: tx) }

            var rehearsal = Rehearsal(before: network, after: try network.with(new))
            var report = RehearsalReport(since: since, until: until)
            var mark = PastDecisions.Mark.before(since)
            while true {
                // A transaction each: one that lasted would keep the database from clearing away what workers leave behind.
                let last = mark
                let page = try await session.read { tx in
                    try PastDecisions.page(after: last, since: since, until: until, limit: Self.pageSize, in: tx)
                }
                for past in page {
                    let comparison = rehearsal.decide(past)
                    report.add(comparison)
                    guard comparison.differs, all || report.differing <= limit else { continue }
                    let difference = RehearsalDifference(comparison, network: network)
                    if json { Terminal.print(difference.json) } else { for line in difference.lines { Terminal.print(line) } }
                }
                guard let next = page.last?.mark, page.count == Int(Self.pageSize) else { break }
                mark = next
            }
            if json { return Terminal.print(report.json) }
            for line in report.lines(listed: all ? report.differing : min(report.differing, Int64(limit))) { Terminal.print(line) }
        }

        private static func moment(_ text: String?, _ option: String) throws -> Timestamp? {
            guard let text else { return nil }
            guard let moment = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") else {
                throw CommandFailure.wrongUse("--\(option) must be a date such as 2026-11-22, or a time such as 2026-11-22T10:15:00Z.")
            }
            return moment
        }
    }
}
