/// Brings a database to the state a folder of numbered SQL files describes: forward only, each file once, in one transaction.
///
/// Several processes may migrate at once: an advisory lock lets them take turns, and who comes second finds nothing to do.
/// What was applied is recorded with its SHA-256 in the table `schema_migration`.
package struct Migrator: Sendable {
    /// All files of the folder, in order.
    package let files: [MigrationFile]

    /// Of our own choosing, the same in every process: the first eight bytes of SHA-256 of "schema_migration", as a signed integer.
    package static let lockKey: Int64 = .init(bitPattern: 0xC755_49EB_97BA_C318)

    private struct Applied: Sendable {
        let number: Int
        let checksum: [UInt8]
    }

    /// Reads the folder; does not touch the database.
    package init(folder: String) throws(MigrationError) {
        files = try MigrationFile.read(folder: folder)
    }

    /// Takes files that are compiled into the program.
    package init(files: [(name: String, content: [UInt8])]) throws(MigrationError) {
        self.files = try MigrationFile.ordered(files)
    }

    /// Applies what is missing.
    ///
    /// - Returns: the files applied now; none when the database was up to date.
    /// - Throws: `MigrationError` when a file was changed, is missing or fails; files before it stay applied. `PostgresError` on an outage.
    @discardableResult
    package func migrate(_ session: PostgresSession) async throws -> [MigrationFile] {
        var done: [MigrationFile] = []
        while let file = try await session.write({ tx in try applyNext(tx) }) { done.append(file) }
        return done
    }

    /// What ``migrate(_:)`` would apply; writes nothing.
    ///
    /// - Throws: `MigrationError` where `migrate` would refuse.
    package func pending(_ session: PostgresSession) async throws -> [MigrationFile] {
        try await session.read { tx in
            let exists = try tx.query("SELECT to_regclass('schema_migration') IS NOT NULL").only().bool(0)
            return try unapplied(after: exists ? try Self.applied(tx) : [])
        }
    }

    private func applyNext(_ tx: borrowing Transaction) throws -> MigrationFile? {
        try tx.liftTimeLimits()
        try tx.execute("SELECT pg_advisory_xact_lock($1)", [.int8(Self.lockKey)])
        try tx.script(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number integer PRIMARY KEY,
                name text NOT NULL,
                checksum bytea NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
            )
            """
        )
        guard let file = try unapplied(after: Self.applied(tx)).first else { return nil }
        do {
            try tx.script(file.sql)
        } catch let error as PostgresError where !error.isConnectionLoss && !error.isRetriable {
            throw MigrationError.failed(file.name, error)
        }
        try tx.execute(
            "INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)",
            [.int4(Int32(file.number)), .text(file.name), .bytes(file.checksum)]
        )
        return file
    }

    private static func applied(_ tx: borrowing Transaction) throws -> [Applied] {
        try tx.query("SELECT number, checksum FROM schema_migration ORDER BY number").map { row in
            Applied(number: Int(try row.int4(0)), checksum: try row.bytes(1))
        }
    }

    private func unapplied(after applied: [Applied]) throws(MigrationError) -> [MigrationFile] {
        let last = applied.last?.number ?? 0
        if last > files.count { throw .databaseIsNewer(database: last, folder: files.count) }
        let checksums = Dictionary(uniqueKeysWithValues: applied.map { ($0.number, $0.checksum) })
        for file in files.prefix(last) {
            guard let checksum = checksums[file.number] else { throw .appliedOutOfOrder(file.name) }
            if checksum != file.checksum { throw .changedFile(file.name) }
        }
        return Array(files.dropFirst(last))
    }
}
