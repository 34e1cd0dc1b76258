internal import ArgumentParser
internal import Commerce
internal import Postgres
internal import Store

extension StockCommand {
    struct FeedList: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "How old each location's feed is, and how far it can be relied upon.",
            discussion: """
                Late is by how many of its intervals a location's feeds are overdue, weighted towards the newest; odd, how many numbers were left \
                out, feeds came behind a newer one, and counts jumped.

                Example: oms stock feed list --location vie-d
                """
        )

        @Option(help: "Only this location's.")
        var location: String?

        @Flag(help: "A JSON object per line.")
        var json = false

        func run() async throws {
            let session = try await Settings.load().session()
            let (network, known) = try await session.read { tx in (try NetworkStore.load(in: tx), try FeedRecord.all(in: tx)) }
            let only = try location.map { id in
                guard let entry = network.location(id) else {
                    throw CommandFailure.wrongUse("No location \(Terminal.safe(id)) is in the network.")
                }
                return entry.key
            }
            let records = only.map { key in known.filter { $0.location == key } } ?? known
            if !json, records.isEmpty {
                return Terminal.print(location.map { "\($0) has sent no feed yet" } ?? "no location has sent a feed yet")
            }
            if !json { Terminal.print(FeedText.heading) }
            for record in records {
                guard let entry = network.location(key: record.location) else { continue }
                let interval = network.feedInterval(of: entry)
                Terminal.print(
                    json
                        ? FeedText.json(record, location: entry.location.id, intervalMinutes: interval)
                        : FeedText.line(record, location: entry.location.id, intervalMinutes: interval)
                )
            }
        }
    }
}
