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
}
