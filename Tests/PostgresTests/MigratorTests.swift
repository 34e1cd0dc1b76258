import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct MigratorTests {
    private func makeFolder() throws -> Folder {
        let folder = try Folder()
        try folder.write("0001_orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);\nINSERT INTO orders VALUES (1);")
        try folder.write("0002_lines.sql", "CREATE TABLE line (id bigint); -- ünïcode\nALTER TABLE orders ADD note text;")
        try folder.write("README.md", "not a migration")
        return folder
    }

    @Test func applies_each_file_once_and_in_order() async throws {
        let folder = try makeFolder()
        try await withScratchSession { session in
            #expect(try await Migrator(folder: folder.path).pending(session).map(\.number) == [1, 2])
            #expect(try await Migrator(folder: folder.path).migrate(session).map(\.name) == ["0001_orders.sql", "0002_lines.sql"])
            #expect(try await Migrator(folder: folder.path).migrate(session) == [])
            try folder.write("0003_more.sql", "INSERT INTO orders VALUES (2)")
            #expect(try await Migrator(folder: folder.path).migrate(session).map(\.number) == [3])
            #expect(try await Migrator(folder: folder.path).pending(session) == [])
            let state = try await session.read { tx in
                try tx.query("SELECT number, name, length(checksum) FROM schema_migration ORDER BY number").map { row in
                    "\(try row.int4(0)) \(try row.text(1)) \(try row.int4(2))"
                }
            }
            #expect(state == ["1 0001_orders.sql 32", "2 0002_lines.sql 32", "3 0003_more.sql 32"])
        }
    }

    @Test func several_at_once_apply_each_file_once() async throws {
        let folder = try makeFolder()
        try folder.write("0003_more.sql", "INSERT INTO orders VALUES (7)")
        let migrator = try Migrator(folder: folder.path)
        try await withScratchDatabase { configuration in
            // None begins before all have come: they wait for the lock, which is held until then.
            let holder = PostgresSession(configuration, logger: quiet)
            let observer = PostgresSession(configuration, logger: quiet)
            let (isHeld, mayRelease) = (Signal(), Signal())
            async let held: Void = holder.write { tx in
                try tx.execute("SELECT pg_advisory_xact_lock($1)", [.int8(Migrator.lockKey)])
                isHeld.fire()
                #expect(mayRelease.waitBlocking())
            }
            try await isHeld.wait()
            let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        let session = PostgresSession(configuration, logger: quiet)
                        let applied = try await migrator.migrate(session).map(\.number)
                        await session.close()
                        return applied
                    }
                }
                try await eventually("six wait") { try await observer.waitersForAdvisoryLocks() == 6 }
                mayRelease.fire()
                return try await group.reduce(into: []) { $0 += $1 }
            }
            try await held
            #expect(applied.sorted() == [1, 2, 3])
            await holder.close()
            await observer.close()
        }
    }

    @Test func a_file_that_fails_leaves_nothing_and_those_before_it_stay() async throws {
        let folder = try makeFolder()
        try folder.write("0003_broken.sql", "INSERT INTO orders VALUES (5); INSERT INTO nowhere VALUES (1);")
        let migrator = try Migrator(folder: folder.path)
        try await withScratchSession { session in
            let error = await #expect(throws: MigrationError.self) { try await migrator.migrate(session) }
            guard case .failed("0003_broken.sql", let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.sqlState == .undefinedTable)
            #expect(try await migrator.pending(session).map(\.number) == [3])
            let ids = try await session.read { tx in try tx.query("SELECT id FROM orders").map { try $0.int8(0) } }
            #expect(ids == [1])
        }
    }

    @Test func a_file_may_not_commit_on_its_own() async throws {
        let folder = try Folder()
        try folder.write("0001_commits.sql", "CREATE TABLE a (); COMMIT; CREATE TABLE b ();")
        let migrator = try Migrator(folder: folder.path)
        try await withScratchSession { session in
            let error = await #expect(throws: MigrationError.self) { try await migrator.migrate(session) }
            #expect(error?.description.contains("0001_commits.sql") == true)
        }
    }

    @Test func a_changed_file_is_refused() async throws {
        let folder = try makeFolder()
        try await withScratchSession { session in
            try await Migrator(folder: folder.path).migrate(session)
            try folder.write("0001_orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);")
            try folder.write("0003_more.sql", "SELECT 1")
            let changed = try Migrator(folder: folder.path)
            await #expect(throws: MigrationError.changedFile("0001_orders.sql")) { try await changed.migrate(session) }
            await #expect(throws: MigrationError.changedFile("0001_orders.sql")) { try await changed.pending(session) }
        }
    }

    @Test func a_missing_file_is_refused() async throws {
        let folder = try makeFolder()
        try folder.write("0003_more.sql", "SELECT 1")
        try await withScratchSession { session in
            try await Migrator(folder: folder.path).migrate(session)
            try folder.remove("0003_more.sql")
            let older = try Migrator(folder: folder.path)
            await #expect(throws: MigrationError.databaseIsNewer(database: 3, folder: 2)) { try await older.migrate(session) }
            try folder.remove("0001_orders.sql")
            #expect(throws: MigrationError.missingNumber(1)) { try Migrator(folder: folder.path) }
        }
    }

    @Test func a_file_slipped_in_before_applied_ones_is_refused() async throws {
        let folder = try makeFolder()
        try await withScratchSession { session in
            try await Migrator(folder: folder.path).migrate(session)
            try await session.write { tx in try tx.execute("DELETE FROM schema_migration WHERE number = 1") }
            let migrator = try Migrator(folder: folder.path)
            await #expect(throws: MigrationError.appliedOutOfOrder("0001_orders.sql")) { try await migrator.migrate(session) }
        }
    }

    @Test(arguments: ["1_a.sql", "0001-a.sql", "0001_.sql", "0001_A b.sql", "00001_a.sql", "abcd_a.sql", "0001.sql"])
    func misnamed_files_are_refused(_ name: String) throws {
        let folder = try Folder()
        try folder.write(name, "SELECT 1")
        #expect(throws: MigrationError.misnamedFile(name)) { try Migrator(folder: folder.path) }
    }

    @Test func a_number_used_twice_and_a_missing_folder_are_refused() throws {
        let folder = try makeFolder()
        try folder.write("0002_other.sql", "SELECT 1")
        #expect(throws: MigrationError.duplicateNumber(2, "0002_lines.sql", "0002_other.sql")) { try Migrator(folder: folder.path) }
        #expect(throws: MigrationError.unreadableFolder("/no/such")) { try Migrator(folder: "/no/such") }
    }
}
