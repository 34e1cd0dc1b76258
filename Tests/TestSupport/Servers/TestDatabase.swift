internal import Logging
internal import Postgres

/// A database that belongs to one test.
package struct TestDatabase: Sendable {
    package let name: String
    /// As the workers' role: reads and writes rows.
    package let url: String
    /// As the owner's role.
    package let ownerURL: String
}

/// What a test's database holds at first.
package enum DatabaseContents: Sendable {
    case nothing
    /// All migrations of `ops/migrations`.
    case schema
}

/// Runs `body` with a new database, which is dropped afterwards, whoever is still connected.
///
/// The schema is migrated once for all tests and runs; each test gets a copy, which takes a tenth of a second.
package func withDatabase<Result>(
    _ contents: DatabaseContents = .schema,
    _ body: (TestDatabase) async throws -> Result
) async throws -> Result {
    let servers = try TestServers.require()
    let template =
        switch contents {
        case .nothing: "template1"
        case .schema: try await SchemaTemplate.shared.name(ownerURL: servers.ownerURL)
        }
    let name = uniqueName("oms_test")
    try await asOwner(servers.ownerURL) { try await $0.script("CREATE DATABASE \(quoted(name)) TEMPLATE \(quoted(template))") }
    let database = TestDatabase(
        name: name,
        url: try replacingPath(of: servers.databaseURL, with: name),
        ownerURL: try replacingPath(of: servers.ownerURL, with: name)
    )
    return try await cleaningUp {
        try await body(database)
    } finally: {
        try await asOwner(servers.ownerURL) { session in
            // The owner may not end autovacuum, which runs as the superuser and is soon done.
            try await eventually("database \(name) is dropped", every: .milliseconds(200)) {
                do {
                    try await session.script("DROP DATABASE \(quoted(name)) WITH (FORCE)")
                    return true
                } catch SQLState.insufficientPrivilege {
                    return false
                }
            }
        }
    }
}

/// The migrated database that tests' databases are copies of; made by the first test that asks.
private actor SchemaTemplate {
    static let shared = SchemaTemplate()

    /// Of our own choosing: whoever makes a template holds this advisory lock.
    private static let lockKey = 4_711_202_611

    private var making: Task<String, any Error>?

    func name(ownerURL: String) async throws -> String {
        if let making { return try await making.value }
        let task = Task { try await Self.make(ownerURL) }
        making = task
        return try await task.value
    }

    private static func make(_ ownerURL: String) async throws -> String {
        let migrator = try Migrator(folder: ProjectRoot.path + "/ops/migrations")
        // Named after its content: changed migrations make another template.
        let content = migrator.files.flatMap(\.checksum).reduce(into: UInt64(0xcbf2_9ce4_8422_2325)) { hash, byte in
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let name = "oms_template_\(String(content, radix: 16))"
        let unfinished = uniqueName("oms_template_new")
        try await asOwner(ownerURL) { session in
            // Another process of tests may be at it: one makes it, the other finds it.
            try await session.script("SELECT pg_advisory_lock(\(lockKey))")
            let exists = try await session.read { tx in
                try tx.query("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", [.text(name)]).only().bool(0)
            }
            guard !exists else { return }
            try await session.script("CREATE DATABASE \(quoted(unfinished))")
            try await asOwner(replacingPath(of: ownerURL, with: unfinished)) { _ = try await migrator.migrate($0) }
            try await session.script("ALTER DATABASE \(quoted(unfinished)) RENAME TO \(quoted(name))")
        }
        return name
    }
}

/// Runs `body` with a session of the owner that waits patiently, and closes it.
private func asOwner<Result>(_ url: String, _ body: (PostgresSession) async throws -> Result) async throws -> Result {
    var configuration = try PostgresConfiguration(url: url)
    configuration.lockTimeout = .zero
    configuration.statementTimeout = .seconds(120)
    var logger = Logger(label: "tests")
    logger.logLevel = .warning
    let session = PostgresSession(configuration, name: "tests", logger: logger)
    do {
        let result = try await body(session)
        await session.close()
        return result
    } catch {
        await session.close()
        throw error
    }
}

private func quoted(_ name: String) -> String { "\"\(name)\"" }
