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
        subcommands: [Apply.self]
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
}

/// Applying a network, for the command and for the tools that bring their own.
enum NetworkSetup {
    static func apply(_ text: String, name: String, settings: Settings, isQuiet: Bool = false) async throws {
        let session = try settings.session()
        let known = try await session.read { tx in NetworkFile.Known(try NetworkStore.load(in: tx)) }
        let network: NetworkFile
        do {
            network = try NetworkFile.read(text, known: known)
        } catch {
            throw CommandFailure.fault("\(name) is refused, nothing was changed:\n\(Terminal.lines(error.description))")
        }
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
        let replaced = network.sections.isEmpty ? "" : "; replaced: " + network.sections.map(\.name).joined(separator: ", ")
        Terminal.print(
            """
            network version \(version): \(network.sellers.count) sellers, \(network.channels.count) channels, \
            \(network.suppliers.count) suppliers, \(network.locations.count) locations\(replaced)
            """
        )
    }
}

extension NetworkFile.Known {
    fileprivate init(_ network: NetworkSnapshot) {
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
