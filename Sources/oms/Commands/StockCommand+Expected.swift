internal import ArgumentParser
internal import Postgres
internal import Store
internal import Workers

extension StockCommand {
    struct Expected: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Goods on their way, and what of them is promised; the earliest first.",
            discussion: """
                What `stock.expected` announced and no count has closed yet: units still to come; those that came in, of the most that was ever \
                announced; those spoken for: by orders that wait, the oldest first, and by parcels that the location was asked for and has not the goods \
                of; and the rest, free for whoever comes next. It is what promises are made of, by the same rule. A delivery whose date has \
                passed is overdue and promises nothing until it is announced with its new date, or counted. All times are UTC.

                Example: oms stock expected --location ber-1
                """
        )

        @Option(help: "Only this SKU's.")
        var sku: String?

        @Option(help: "Only to this location.")
        var location: String?

        @Option(help: "How many at most.")
        var limit = 1_000

        @Flag(help: "One JSON object a line.")
        var json = false

        func run() async throws {
            guard (1...100_000).contains(limit) else { throw CommandFailure.wrongUse("--limit must be 1 to 100000.") }
            if let sku { try TypedID.check(sku, "A SKU") }
            let session = try await Settings.load().session()
            let (sku, location, limit, now) = (sku, location, limit, SystemClock.now())
            let (network, incoming) = try await session.read { tx in
                let network = try NetworkStore.load(in: tx)
                let key = try location.map { id in
                    guard let entry = network.location(id) else {
                        throw CommandFailure.wrongUse("No location \(Terminal.safe(id)) is in the network.")
                    }
                    return entry.key
                }
                return (network, try IncomingStock(sku: sku, location: key, limit: limit, network: network, now: now, in: tx))
            }
            if json {
                for delivery in incoming.deliveries { Terminal.print(ExpectedText.json(delivery, network: network)) }
                return
            }
            if !incoming.deliveries.isEmpty { Terminal.print(ExpectedText.heading) }
            for delivery in incoming.deliveries { Terminal.print(ExpectedText.line(delivery, network: network)) }
            let count = incoming.deliveries.count
            let more = count == limit ? ", and maybe more: take a higher --limit" : ""
            Terminal.print(count == 0 ? "nothing is on its way" : "\(count.grouped) deliver\(count == 1 ? "y" : "ies")\(more)")
        }
    }
}
