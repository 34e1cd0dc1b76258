internal import ArgumentParser
internal import Commerce
internal import Messages
internal import Postgres
internal import RabbitMQ
internal import Store
internal import Workers

struct FulfillmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fulfillment",
        abstract: "Parcels that locations are asked to ship.",
        subcommands: [List.self, Resend.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Parcels that are still owed, oldest first.",
            discussion:
                "A parcel is open until every unit of it is shipped or cancelled.\n\nExample: oms fulfillment list --open --location ber-1"
        )

        @Flag(help: "Open parcels; the only ones it lists, and the default.")
        var open = false

        @Option(help: "Only this location's.")
        var location: String?

        @Option(help: "How many at most.")
        var limit = 1_000

        @Flag(help: "One JSON object a line.")
        var json = false

        func run() async throws {
            guard limit > 0 else { throw CommandFailure.wrongUse("--limit must be at least 1.") }
            let session = try await Settings.load().session()
            let network = try await session.read { tx in try NetworkStore.load(in: tx) }
            let key = try location.map { try network.required($0).key }
            let limit = limit
            let parcels = try await session.read { tx in
                try OpenFulfillment.page(location: key, keys: nil, after: 0, limit: limit, in: tx)
            }
            for parcel in parcels {
                Terminal.print(json ? FulfillmentText.json(parcel, network: network) : FulfillmentText.line(parcel, network: network))
            }
            guard !json else { return }
            let more = parcels.count == limit ? ", and maybe more: take a higher --limit" : ""
            Terminal.print(parcels.isEmpty ? "nothing is open" : "\(parcels.count.grouped) open parcels\(more)")
        }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask a location again for what it owes: it lost its queue.",
            discussion: """
                Publishes fulfillment.requested again for open parcels, with the event id and time of the first time and the units that are still \
                open. Declares the location's queue where the network gives it one. It goes through the outbox: a worker with role relay sends it, \
                within seconds.

                Example: oms fulfillment resend ber-1, or: oms fulfillment resend --fulfillment F1017 --fulfillment F1018
                """
        )

        @Argument(help: "The location's id: all that it owes.")
        var location: String?

        @Option(name: .customLong("fulfillment"), help: "Only this parcel; may be given several times.")
        var fulfillments: [String] = []

        func run() async throws {
            guard location != nil || !fulfillments.isEmpty else {
                throw CommandFailure.wrongUse("Name a location, or parcels with --fulfillment.")
            }
            let keys = try fulfillments.map { id in
                guard let key = FulfillmentID.key(id) else {
                    throw CommandFailure.wrongUse("\(Terminal.safe(id)) is no parcel's id; they look like F1017.")
                }
                return key
            }
            let settings = try await Settings.load()
            let session = try settings.session()
            let network = try await session.read { tx in try NetworkStore.load(in: tx) }
            let location = try location.map { try network.required($0) }
            try await declareQueues(location.map { [$0] } ?? network.locations, settings: settings)
            let sent = try await ResentRequests.send(
                location: location,
                keys: fulfillments.isEmpty ? nil : keys,
                network: network,
                session: session
            )
            Terminal.print("handed \(sent.grouped) requests to the relay")
            let missing = keys.count - sent
            guard fulfillments.isEmpty || missing <= 0 else {
                throw CommandFailure.fault("\(missing) of the named parcels are not open, or not this location's")
            }
        }

        private func declareQueues(_ locations: [NetworkSnapshot.KeyedLocation], settings: Settings) async throws {
            let queued = locations.filter(\.location.queue)
            guard !queued.isEmpty else { return }
            let publisher = try await settings.publisher()
            for entry in queued { try await publisher.declare(Topology(BrokerTopology.location(entry.location.id))) }
            await publisher.close()
        }
    }
}

extension NetworkSnapshot {
    fileprivate func required(_ id: String) throws -> KeyedLocation {
        guard let found = location(id) else { throw CommandFailure.wrongUse("No location \(Terminal.safe(id)) is in the network.") }
        return found
    }
}
