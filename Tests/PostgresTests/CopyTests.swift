import Postgres
import Testing

@Suite(.timeLimit(.minutes(15)))
struct CopyTests {
    private struct Refusal: Error {}

    private func withTable<Result: Sendable>(_ body: (PostgresSession) async throws -> Result) async throws -> Result {
        try await withScratchSession { session in
            try await session.write { tx in
                try tx.script(
                    """
                    CREATE TABLE feed (sku text, location bigint, quantity integer, rank smallint, ok boolean, weight double precision,
                        id uuid, at timestamptz, day date, raw bytea)
                    """
                )
            }
            return try await body(session)
        }
    }

    @Test func every_type_in_binary() async throws {
        try await withTable { session in
            let uuid = PostgresUUID.random()
            let copied = try await session.write { tx in
                try tx.copyIn("COPY feed FROM STDIN (FORMAT binary)") { rows in
                    try rows.row(10)
                    try rows.text("A-1 👍")
                    rows.int8(.max)
                    rows.int4(.min)
                    rows.int2(-1)
                    rows.bool(true)
                    rows.double(0.1)
                    rows.uuid(uuid)
                    try rows.timestamp(-1)
                    try rows.date(-1)
                    rows.bytes([0, 255])
                    try rows.row(10)
                    try rows.optionalText(nil)
                    rows.optionalInt8(nil)
                    rows.optionalInt4(nil)
                    for _ in 0..<4 { rows.null() }
                    try rows.optionalTimestamp(nil)
                    for _ in 0..<2 { rows.null() }
                }
            }
            #expect(copied == 2)
            try await session.read { tx in
                let rows = try tx.query("SELECT * FROM feed ORDER BY sku")
                let row = rows[0]
                #expect(try row.text(0) == "A-1 👍")
                #expect(try row.int8(1) == .max)
                #expect(try row.int4(2) == .min)
                #expect(try row.int2(3) == -1)
                #expect(try row.bool(4))
                #expect(try row.double(5) == 0.1)
                #expect(try row.uuid(6) == uuid)
                #expect(try row.timestamp(7) == -1)
                #expect(try row.date(8) == -1)
                #expect(try row.bytes(9) == [0, 255])
                for column in 0..<10 { #expect(try rows[1].isNull(column)) }
            }
        }
    }

    @Test func a_hundred_thousand_rows_in_and_out() async throws {
        try await withTable { session in
            try await session.write { tx in
                try tx.send("TRUNCATE feed")
                let copied = try tx.copyIn("COPY feed (sku, location) FROM STDIN (FORMAT binary)") { rows in
                    for number in Int64(0)..<100_000 {
                        try rows.row(2)
                        try rows.text("SKU-\(number)")
                        rows.int8(number)
                    }
                }
                #expect(copied == 100_000)
                // Pipelined statements go on afterwards.
                let total = try tx.query("SELECT sum(location)::bigint FROM feed").only().int8(0)
                #expect(total == 4_999_950_000)
                var lines = 0
                let sent = try tx.copyOut("COPY feed (sku, location) TO STDOUT") { lines += $0.count { $0 == UInt8(ascii: "\n") } }
                #expect(sent == 100_000)
                #expect(lines == 100_000)
            }
        }
    }

    @Test func text_from_bytes() async throws {
        try await withTable { session in
            var chunks = ["A\t1\nB", "\t2\n", "C\t\\N\n"]
            let texts = chunks
            chunks = []
            let copied = try await session.write { tx in
                var rest = texts[...]
                return try tx.copyIn("COPY feed (sku, location) FROM STDIN") { rest.popFirst().map { Array($0.utf8) } }
            }
            #expect(copied == 3)
        }
    }

    @Test func a_producer_that_throws_undoes_the_copy_and_keeps_the_session() async throws {
        try await withTable { session in
            try await session.write { tx in
                try tx.execute("SELECT 1")
            }
            await #expect(throws: Refusal.self) {
                try await session.write { tx in
                    try tx.copyIn("COPY feed (location) FROM STDIN (FORMAT binary)") { rows in
                        for number in Int64(0)..<50_000 {
                            try rows.row(1)
                            rows.int8(number)
                        }
                        throw Refusal()
                    }
                }
            }
            let left = try await session.read { tx in try tx.query("SELECT count(*) FROM feed").only().int8(0) }
            #expect(left == 0)
        }
    }

    @Test func nul_and_missing_fields_are_refused() async throws {
        try await withTable { session in
            let nul = await #expect(throws: PostgresError.self) {
                try await session.write { tx in
                    try tx.copyIn("COPY feed (sku) FROM STDIN (FORMAT binary)") { rows in
                        try rows.row(1)
                        try rows.text("a\0b")
                    }
                }
            }
            #expect(nul?.kind == .parameter)
            let missing = await #expect(throws: PostgresError.self) {
                try await session.write { tx in
                    try tx.copyIn("COPY feed (sku, location) FROM STDIN (FORMAT binary)") { rows in
                        try rows.row(2)
                        try rows.text("a")
                        try rows.row(2)
                    }
                }
            }
            #expect(missing?.kind == .parameter)
            try await session.check()
        }
    }

    @Test func what_the_server_refuses_is_its_error() async throws {
        try await withTable { session in
            let narrow = await #expect(throws: PostgresError.self) {
                try await session.write { tx in
                    try tx.copyIn("COPY feed (quantity) FROM STDIN (FORMAT binary)") { rows in
                        try rows.row(1)
                        rows.int8(1)
                    }
                }
            }
            #expect(narrow?.kind == .statement)
            let noTable = await #expect(throws: PostgresError.self) {
                try await session.write { tx in try tx.copyIn("COPY nowhere FROM STDIN", bytes: { nil }) }
            }
            #expect(noTable?.sqlState == .undefinedTable)
            let noCopy = await #expect(throws: PostgresError.self) {
                try await session.write { tx in try tx.copyIn("SELECT 1", bytes: { nil }) }
            }
            #expect(noCopy?.kind == .misuse)
            let copyInScript = await #expect(throws: PostgresError.self) {
                try await session.write { tx in try tx.script("COPY feed FROM STDIN") }
            }
            #expect(copyInScript?.kind == .misuse)
            try await session.check()
        }
    }

    @Test func a_consumer_that_throws_gives_the_connection_up() async throws {
        try await withTable { session in
            await #expect(throws: Refusal.self) {
                try await session.read { tx in
                    try tx.copyOut("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000)) TO STDOUT") { _ in throw Refusal() }
                }
            }
            try await session.check()
        }
    }
}
