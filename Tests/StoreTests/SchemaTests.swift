import Foundation
import Postgres
import Store
import TestSupport
import Testing

@Suite struct SchemaTests {
    @Test func the_migrations_compiled_in_are_those_of_the_folder() throws {
        let folder = ProjectRoot.path + "/ops/migrations"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sql") }.sorted()
        #expect(Schema.migrations.map(\.name) == names)
        for migration in Schema.migrations {
            let file = try #require(FileManager.default.contents(atPath: "\(folder)/\(migration.name)"))
            #expect(Data(migration.content) == file, "\(migration.name)")
        }
    }

    /// A database that has applied a file refuses the changed one: what is to be different goes into a new file, with a new line here.
    @Test func no_migration_is_changed_once_it_is_listed() throws {
        let list = try String(contentsOfFile: ProjectRoot.path + "/Tests/StoreTests/Landed/migrations.sha256", encoding: .utf8)
        let files = try Schema.migrator().files.map { file in
            file.checksum.map { String(format: "%02x", $0) }.joined() + "  " + file.name
        }
        #expect(list.split(separator: "\n").map(String.init) == files)
    }
}
