import Postgres
import Testing

@Suite(.timeLimit(.minutes(2)))
struct TransactionTests {
    @Test func commits_what_the_closure_wrote() async throws {
        try await withScratchSession { session in
            try await session.write { tx in
                try tx.script("CREATE TABLE item (id bigint PRIMARY KEY, name text)")
                try tx.execute("INSERT INTO item SELECT * FROM unnest($1, $2)", [.int8Array([1, 2]), .textArray(["a", "b"])])
            }
            let names = try await session.read { tx in
                try tx.query("SELECT id, name FROM item ORDER BY id").map { "\(try $0.int8(0))\(try $0.text(1))" }
            }
            #expect(names == ["1a", "2b"])
        }
    }
}
