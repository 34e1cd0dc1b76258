import Glibc
import Logging
import Postgres
import TestSupport
import Testing

/// Runs `body` with a new, empty database on the server of `OMS_DATABASE_OWNER_URL` (the workers' role may not create one), dropped afterwards.
func withScratchDatabase<Result: Sendable>(
    _ body: (PostgresConfiguration) async throws -> Result
) async throws -> Result {
    var configuration = try serverConfiguration()
    let name = "postgres_test_\(getpid())_\(UInt64.random(in: 0 ... .max))"
    let admin = PostgresSession(configuration, logger: quiet)
    try await admin.script("CREATE DATABASE \(quotedIdentifier(name))")
    configuration.database = name
    do {
        let result = try await body(configuration)
        try await drop(name, by: admin)
        await admin.close()
        return result
    } catch {
        try? await drop(name, by: admin)
        await admin.close()
        throw error
    }
}

/// The owner may not end autovacuum, which runs as the superuser and is soon done.
private func drop(_ name: String, by admin: PostgresSession) async throws {
    try await eventually("the database is gone") {
        do {
            try await admin.script("DROP DATABASE \(quotedIdentifier(name)) WITH (FORCE)")
            return true
        } catch SQLState.insufficientPrivilege {
            return false
        }
    }
}

/// Runs `body` with a session on a new database.
func withScratchSession<Result: Sendable>(
    _ body: (PostgresSession) async throws -> Result
) async throws -> Result {
    try await withScratchDatabase { configuration in
        let session = PostgresSession(configuration, logger: quiet)
        do {
            let result = try await body(session)
            await session.close()
            return result
        } catch {
            await session.close()
            throw error
        }
    }
}

/// The server the tests run against. Tests fail where there is none: a silent skip would pass for a success.
func serverConfiguration() throws -> PostgresConfiguration {
    let url = try #require(environmentURL(), "OMS_DATABASE_OWNER_URL is not set")
    return try PostgresConfiguration(url: url)
}

let quiet: Logger = {
    var logger = Logger(label: "postgres.tests")
    logger.logLevel = .critical
    return logger
}()

/// The URL the tests were given.
func environmentURL() -> String? { getenv("OMS_DATABASE_OWNER_URL").map { String(cString: $0) } }
