import Commerce
import Messages
import Postgres
import RabbitMQ
import Store
import Synchronization
import TestSupport
import Testing
import Workers

/// A system of a test's own: database, virtual host, network; perhaps a worker.
struct Shop: Sendable {
    let databaseURL: String
    let ownerURL: String
    let brokerURL: String
    let smtpURL: String
    let spool: String
    let session: PostgresSession
    let listener: Listener
    let link: BrokerLink
    private let counter = Counter()

    /// A number that is larger each time.
    func next() -> Int64 { counter.value.add(1, ordering: .relaxed).newValue }

    private final class Counter: Sendable {
        let value = Atomic<Int64>(0)
    }

    fileprivate init(_ servers: TestServers, hearing keys: [String]) throws {
        databaseURL = servers.databaseURL
        ownerURL = servers.ownerURL
        brokerURL = servers.brokerURL
        smtpURL = servers.smtpURL
        spool = servers.spool
        session = PostgresSession(try PostgresConfiguration(url: servers.databaseURL), name: "test", logger: quiet)
        let broker = try BrokerConfiguration(urls: servers.brokerURL, name: "test")
        listener = Listener(broker)
        link = BrokerLink(broker, logger: quiet) { publisher in
            try await publisher.declare(Topology(.oms))
            try await publisher.declare(Listener.topology(hearing: keys, isReplicated: servers.isCluster))
        }
    }

    /// What a child process of `oms` needs to know.
    var environment: [String: String?] {
        [
            "OMS_DATABASE_URL": databaseURL, "OMS_DATABASE_OWNER_URL": ownerURL, "OMS_BROKER_URL": brokerURL, "OMS_SMTP_URL": smtpURL,
            "OMS_METRICS_PORT": "0", "OMS_LOG_FORMAT": "json",
        ]
    }

    /// Starts a worker in this process.
    func work(_ roles: [Role] = Role.allCases, lanes: Int = 1, smtpURL: String? = nil) throws -> InProcessWorker {
        try InProcessWorker(roles, databaseURL: databaseURL, brokerURL: brokerURL, smtpURL: smtpURL ?? self.smtpURL, lanes: lanes)
    }
}

/// Runs `body` with a system of its own. At the end of every test all that is owed is told, and no conservation law is broken.
///
/// - Parameters:
///   - roles: of the worker that runs beside; empty for none.
///   - hearing: routing keys of the events that are listened to.
func withShop(
    _ roles: [Role] = Role.allCases,
    lanes: Int = 1,
    network: Commerce.Network = ShopNetwork.standard,
    hearing keys: [String] = ["#"],
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (Shop) async throws -> Void
) async throws {
    try await Gate.shared.pass {
        try await withDatabase { database in
            try await withVirtualHost { host in
                let servers = try TestServers.require()
                let own = TestServers(
                    databaseURL: database.url,
                    ownerURL: database.ownerURL,
                    brokerURL: host.url,
                    managementURL: servers.managementURL,
                    smtpURL: servers.smtpURL,
                    spool: servers.spool
                )
                try await open(own, roles, lanes: lanes, network: network, hearing: keys, sourceLocation: sourceLocation, body)
            }
        }
    }
}

/// The same on a stack of the test's own, whose servers it may end.
func withShop(
    on stack: PrivateStack,
    network: Commerce.Network = ShopNetwork.standard,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (Shop) async throws -> Void
) async throws {
    let owner = PostgresSession(try PostgresConfiguration(url: stack.servers.ownerURL), logger: quiet)
    _ = try await Schema.migrator().migrate(owner)
    await owner.close()
    try await open(stack.servers, [], lanes: 1, network: network, hearing: ["#"], sourceLocation: sourceLocation, body)
}

private func open(
    _ servers: TestServers,
    _ roles: [Role],
    lanes: Int,
    network: Commerce.Network,
    hearing keys: [String],
    sourceLocation: SourceLocation,
    _ body: (Shop) async throws -> Void
) async throws {
    let shop = try Shop(servers, hearing: keys)
    try await shop.session.write { tx in _ = try NetworkStore.apply(network, content: "", in: tx) }
    _ = try await shop.link.publisher()
    let hearing = Task { await shop.listener.run() }
    let worker = roles.isEmpty ? nil : try shop.work(roles, lanes: lanes)
    let result: Result<Void, any Error>
    do {
        try await body(shop)
        if keys == ["#"] { try await shop.everythingTold() }
        result = .success(())
    } catch {
        result = .failure(error)
    }
    try await worker?.stop()
    if case .success = result { try await shop.expectCleanAudit(sourceLocation: sourceLocation) }
    await shop.listener.stop()
    await hearing.value
    await shop.link.close()
    await shop.session.close()
    try result.get()
}
