internal import ArgumentParser
internal import Commerce
internal import Foundation
internal import Messages
internal import Postgres
internal import RabbitMQ
internal import Store
internal import TradeNetwork
internal import Workers

struct NetworkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "network",
        abstract: "Sellers, channels, suppliers, locations, and the rules of the house.",
        subcommands: [Apply.self, Check.self]
    )

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Apply a network file, whole or not at all.",
            discussion: """
                Upserts by id; what the file does not name stays. Lists of rules (`rules`, `calendars`, `safetyStock` …) are replaced whole by a \
                file that names them. Every fault is told with its line. Queues of locations with `queue: true` are \
                declared before they can get a parcel.

                Example: oms network apply ops/examples/network.yaml
                """
        )

        @Argument(help: "The YAML file, or - for standard input.")
        var file: String

        func run() async throws {
            let text = try InputFile.text(file, limit: NetworkFile.maximumBytes)
            try await NetworkSetup.apply(text, name: file, settings: Settings.load())
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a network file and tell its faults; change nothing.",
            discussion: """
                Says what `oms network apply` would say. Names that the file does not list itself are looked up in the database.

                Example: oms network check ops/examples/rules-costs.yaml
                """
        )

        @Argument(help: "The YAML file, or - for standard input.")
        var file: String

        func run() async throws {
            let text = try InputFile.text(file, limit: NetworkFile.maximumBytes)
            let network = try await NetworkSetup.read(text, name: file, session: Settings.load().session())
            Terminal.print("\(file) can be applied: \(network.summary)")
        }
    }
}

/// Applying a network, for the command and for the tools that bring their own.
enum NetworkSetup {
    static func apply(_ text: String, name: String, settings: Settings, isQuiet: Bool = false) async throws {
        let session = try settings.session()
        let network = try await read(text, name: name, session: session)
        // First the queues: a location may get a parcel as soon as the network is committed.
        let queued = network.locations.filter(\.queue)
        if !queued.isEmpty {
            let publisher = try await settings.publisher()
            try await publisher.declare(Topology(BrokerTopology.oms))
            for location in queued { try await publisher.declare(Topology(BrokerTopology.location(location.id))) }
            await publisher.close()
        }
        let version = try await session.write { tx in
            try NetworkStore.apply(network.network, terms: network.terms, sections: network.sections, content: text, in: tx)
        }
        guard !isQuiet else { return }
        Terminal.print("network version \(version): \(network.summary)")
    }

    /// - Throws: a failure that tells every fault, where the file has some.
    static func read(_ text: String, name: String, session: PostgresSession) async throws -> NetworkFile {
        let known = try await session.read { tx in NetworkFile.Known(try NetworkStore.load(in: tx)) }
        do {
            return try NetworkFile.read(text, known: known)
        } catch {
            throw CommandFailure.fault("\(name) is refused, nothing was changed:\n\(Terminal.lines(error.description))")
        }
    }
}

extension NetworkFile {
    /// How much of what it holds.
    fileprivate var summary: String {
        let counts = "\(sellers.count) sellers, \(channels.count) channels, \(suppliers.count) suppliers, \(locations.count) locations"
        return sections.isEmpty ? counts : counts + "; replaced: " + sections.map(\.name).joined(separator: ", ")
    }
}

extension NetworkFile.Known {
    /// What a network file may name, because it stands.
    init(_ network: NetworkSnapshot) {
        self.init(
            sellers: Set(network.sellers.keys),
            suppliers: Set(network.suppliers.keys),
            channels: network.channelIDs,
            locations: Set(network.locations.map(\.location.id)),
            carriers: Set(network.settings.transit.compactMap(\.carrier)),
            invoicePrefixes: Dictionary(network.sellers.values.map { ($0.invoicePrefix, $0.id) }, uniquingKeysWith: { first, _ in first })
        )
    }
}
