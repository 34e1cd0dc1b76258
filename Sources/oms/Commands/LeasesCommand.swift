internal import ArgumentParser
internal import Postgres
internal import Store

extension StockCommand {
    struct Leases: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Units kept for baskets, the oldest lease first.",
            discussion: """
                A lease counts until its time comes, or, where an order was placed with its basket, until the order is sourced or cancelled. An \
                expired one counts no longer; it is cleared away within seconds. All times are UTC.

                Example: oms stock leases --sku A-1
                """
        )

        @Option(help: "Only leases that hold this SKU.")
        var sku: String?

        @Option(help: "How many at most.")
        var limit = 1_000

        @Flag(help: "One JSON object a line.")
        var json = false

        func run() async throws {
            guard limit > 0 else { throw CommandFailure.wrongUse("--limit must be at least 1.") }
            let (sku, limit) = (sku, limit)
            if let sku { try TypedID.check(sku, "A SKU") }
            let session = try await Settings.load().session()
            let (network, leases) = try await session.read { tx in
                (try NetworkStore.load(in: tx), try LeaseReport.list(sku: sku, limit: limit, in: tx))
            }
            for lease in leases {
                if json {
                    Terminal.print(LeaseText.json(lease, network: network))
                } else {
                    for line in LeaseText.lines(lease, network: network) { Terminal.print(line) }
                }
            }
            guard !json else { return }
            let more = leases.count == limit ? ", and maybe more: take a higher --limit" : ""
            let units = leases.reduce(0) { $0 + $1.units }
            let sum = "\(leases.count.grouped) lease\(leases.count == 1 ? "" : "s"), \(units.grouped) unit\(units == 1 ? "" : "s")"
            Terminal.print(leases.isEmpty ? "no basket holds anything" : sum + more)
        }
    }
}
