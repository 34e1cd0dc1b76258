internal import ArgumentParser
internal import Commerce
internal import Messages
internal import Postgres
internal import RabbitMQ
internal import Store
internal import Workers

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Create or upgrade the database's tables.",
        discussion: "Idempotent, and safe from several machines at once. Uses OMS_DATABASE_OWNER_URL.\n\nExample: oms migrate"
    )

    @Flag(help: "Only tell what would be applied; exit status 1 if anything would.")
    var check = false

    func run() async throws {
        let session = try await Settings.load().session(owner: true)
        let migrator = try Schema.migrator()
        if check {
            let pending = try await migrator.pending(session)
            for file in pending { Terminal.print("pending \(file.name)") }
            guard pending.isEmpty else { throw CommandFailure.fault("\(pending.count) migrations are pending: run `oms migrate`.") }
            return Terminal.print("up to date: \(migrator.files.count) migrations")
        }
        let applied = try await migrator.migrate(session)
        for file in applied { Terminal.print("applied \(file.name)") }
        Terminal.print(applied.isEmpty ? "up to date: \(migrator.files.count) migrations" : "done: \(migrator.files.count) migrations")
    }
}

struct TopologyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology",
        abstract: "Exchanges and queues at the broker.",
        subcommands: [Apply.self, Print.self]
    )

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Declare exchanges, queues and bindings, the locations' queues included.",
            discussion: "Idempotent. Workers do it too when they start.\n\nExample: oms topology apply"
        )

        func run() async throws {
            let settings = try await Settings.load()
            let publisher = try await settings.publisher()
            var topology = BrokerTopology.oms
            try await publisher.declare(Topology(topology))
            // Locations are known once the database is set up; before that there are none.
            let session = try settings.session()
            let network = try? await session.read { tx in try NetworkStore.load(in: tx) }
            for entry in network?.locations ?? [] where entry.location.queue {
                let own = BrokerTopology.location(entry.location.id)
                try await publisher.declare(Topology(own))
                topology.queues += own.queues
                topology.bindings += own.bindings
            }
            await publisher.close()
            Terminal.print(
                "declared \(topology.exchanges.count) exchanges, \(topology.queues.count) queues, \(topology.bindings.count) bindings"
            )
        }
    }

    struct Print: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the RabbitMQ definitions file (queues/definitions.json).",
            discussion: "Example: oms topology print --vhost oms > definitions.json"
        )

        @Option(help: "The virtual host named in it.")
        var vhost = "/"

        func run() { Terminal.print(String(decoding: BrokerTopology.oms.definitionsJSON(virtualHost: vhost), as: UTF8.self)) }
    }
}
