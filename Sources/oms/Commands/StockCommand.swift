internal import ArgumentParser
internal import Postgres
internal import Store

struct StockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock",
        abstract: "Virtual stock, its feeds, and reports on it.",
        subcommands: [Feed.self, Leases.self, Show.self, Export.self, Report.self, Expected.self]
    )

    struct Feed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Suppliers' feeds.", subcommands: [FeedList.self, Reset.self])
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a location's feed start again at any sequence.",
            discussion: "Counts stay as they are until the next feed.\n\nExample: oms stock feed reset ber-1"
        )

        @Argument(help: "The location's id.")
        var location: String

        func run() async throws {
            let session = try await Settings.load().session()
            let location = location
            let reset = try await session.write { tx -> Bool? in
                guard let entry = try NetworkStore.load(in: tx).location(location) else { return nil }
                return try FeedStore.reset(location: entry.key, in: tx)
            }
            guard let reset else { throw CommandFailure.wrongUse("No location \(Terminal.safe(location)) is in the network.") }
            Terminal.print(reset ? "the feed of \(location) may start again" : "\(location) has had no feed yet")
        }
    }
}
