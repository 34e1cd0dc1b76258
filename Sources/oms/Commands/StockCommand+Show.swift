internal import ArgumentParser
internal import Commerce
internal import Postgres
internal import Store
internal import Workers

extension StockCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One SKU: what lies where, what moved lately, who waits, and for whom it is reserved.",
            discussion: "All times are UTC.\n\nExample: oms stock show A-1 --days 30"
        )

        @Argument(help: "The SKU.")
        var sku: String

        @Option(help: "How many days back movements are shown.")
        var days = 7

        @Option(help: "How many rows of each list are shown.")
        var limit = 20

        @Flag(help: "Print one JSON object.")
        var json = false

        func run() async throws {
            guard (1...3_650).contains(days) else { throw CommandFailure.wrongUse("--days must be 1 to 3650.") }
            guard (1...10_000).contains(limit) else { throw CommandFailure.wrongUse("--limit must be 1 to 10000.") }
            try TypedID.check(sku, "A SKU")
            let session = try await Settings.load().session()
            let now = SystemClock.now()
            let id = sku
            let extent = SKUStory.Extent(rows: limit, since: now.adding(seconds: -Int64(days) * 86_400))
            let (network, story) = try await session.read { tx in
                (try NetworkStore.load(in: tx), try SKUStory.find(id, extent: extent, in: tx))
            }
            guard let story else { throw CommandFailure.fault("No message has named the SKU \(Terminal.safe(sku)) yet.") }
            let page = StockPage(story: story, network: network, now: now, days: days)
            if json { return Terminal.print(page.json) }
            for line in page.text { Terminal.print(line) }
        }
    }
}
