import Postgres
import Testing

/// Arrays of every type, with and without NULLs, empty and long.
@Suite(.timeLimit(.minutes(15)))
struct ArrayTests {
    private func roundTrip<Value: Sendable>(_ parameter: Parameter, _ read: @Sendable (Row) throws -> Value) async throws -> Value {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let value = try await session.read { tx in try read(tx.query("SELECT $1", [parameter]).only()) }
        await session.close()
        return value
    }

    @Test func full_arrays() async throws {
        #expect(try await roundTrip(.boolArray([true, false])) { try $0.boolArray(0) } == [true, false])
        #expect(try await roundTrip(.int2Array([.min, .max])) { try $0.int2Array(0) } == [.min, .max])
        #expect(try await roundTrip(.int4Array([.min, .max])) { try $0.int4Array(0) } == [.min, .max])
        #expect(try await roundTrip(.int8Array([.min, .max])) { try $0.int8Array(0) } == [.min, .max])
        #expect(try await roundTrip(.int2Array([5])) { try $0.int8Array(0) } == [5])
        #expect(try await roundTrip(.doubleArray([0.5, -1e300])) { try $0.doubleArray(0) } == [0.5, -1e300])
        #expect(try await roundTrip(.textArray(["", "NULL", "a\"b,{}"])) { try $0.textArray(0) } == ["", "NULL", "a\"b,{}"])
        #expect(try await roundTrip(.bytesArray([[], [0, 255]])) { try $0.bytesArray(0) } == [[], [0, 255]])
        let uuids = [PostgresUUID.random(), .random()]
        #expect(try await roundTrip(.uuidArray(uuids)) { try $0.uuidArray(0) } == uuids)
        let moments: [Int64] = [-1, 0, .max, .min, 946_684_800_000_000]
        #expect(try await roundTrip(.timestampArray(moments)) { try $0.timestampArray(0) } == moments)
    }

    @Test func arrays_with_nulls() async throws {
        #expect(try await roundTrip(.optionalBoolArray([nil, true])) { try $0.optionalBoolArray(0) } == [nil, true])
        #expect(try await roundTrip(.optionalInt2Array([nil, 1])) { try $0.optionalInt2Array(0) } == [nil, 1])
        #expect(try await roundTrip(.optionalInt4Array([nil, 1])) { try $0.optionalInt4Array(0) } == [nil, 1])
        #expect(try await roundTrip(.optionalInt8Array([1, nil])) { try $0.optionalInt8Array(0) } == [1, nil])
        #expect(try await roundTrip(.optionalDoubleArray([nil])) { try $0.optionalDoubleArray(0) } == [nil])
        #expect(try await roundTrip(.optionalTextArray(["", nil, "x"])) { try $0.optionalTextArray(0) } == ["", nil, "x"])
        #expect(try await roundTrip(.optionalBytesArray([[], nil])) { try $0.optionalBytesArray(0) } == [[], nil])
        let uuids = [nil, PostgresUUID.random()]
        #expect(try await roundTrip(.optionalUUIDArray(uuids)) { try $0.optionalUUIDArray(0) } == uuids)
        #expect(try await roundTrip(.optionalTimestampArray([nil, 7])) { try $0.optionalTimestampArray(0) } == [nil, 7])
    }

    @Test func a_null_element_is_refused_where_it_is_not_expected() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await roundTrip(.optionalInt8Array([1, nil])) { try $0.int8Array(0) }
        }
        #expect(error?.kind == .result)
    }

    @Test func empty_arrays() async throws {
        #expect(try await roundTrip(.boolArray([])) { try $0.boolArray(0) } == [])
        #expect(try await roundTrip(.int2Array([])) { try $0.int2Array(0) } == [])
        #expect(try await roundTrip(.int4Array([])) { try $0.int4Array(0) } == [])
        #expect(try await roundTrip(.int8Array([])) { try $0.int8Array(0) } == [])
        #expect(try await roundTrip(.doubleArray([])) { try $0.doubleArray(0) } == [])
        #expect(try await roundTrip(.textArray([])) { try $0.textArray(0) } == [])
        #expect(try await roundTrip(.optionalTextArray([])) { try $0.optionalTextArray(0) } == [])
        #expect(try await roundTrip(.bytesArray([])) { try $0.bytesArray(0) } == [])
        #expect(try await roundTrip(.uuidArray([])) { try $0.uuidArray(0) } == [])
        #expect(try await roundTrip(.timestampArray([])) { try $0.timestampArray(0) } == [])
    }

    @Test func twenty_arrays_of_five_thousand_random_elements() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(seed: seed)
        let numbers = (0..<5000).map { _ in Int64.random(in: .min ... .max, using: &random) }
        let texts = (0..<5000).map { _ in
            Bool.random(using: &random)
                ? nil : String((0..<Int.random(in: 0...40, using: &random)).map { _ in Self.letters.randomElement(using: &random) ?? "x" })
        }
        let parameters = (0..<10).flatMap { _ in [Parameter.int8Array(numbers), .optionalTextArray(texts)] }
        let columns = (1...20).map { "$\($0)" }.joined(separator: ", ")
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        try await session.read { tx in
            let rows = try tx.query("SELECT * FROM unnest(\(columns))", parameters)
            #expect(rows.count == 5000, "seed \(seed)")
            for column in stride(from: 0, to: 20, by: 2) {
                #expect(try rows.map { try $0.int8(column) } == numbers, "seed \(seed)")
                #expect(try rows.map { try $0.optionalText(column + 1) } == texts, "seed \(seed)")
            }
        }
        await session.close()
    }

    private static let letters: [Character] = Array("abcäöü€漢字ש👍 \"\\{},'")

    @Test func arrays_of_an_enumeration_are_read_as_their_labels() async throws {
        try await withScratchSession { session in
            try await session.write { tx in
                try tx.script("CREATE TYPE mood AS ENUM ('good', 'bad')")
                let row = try tx.query(
                    "SELECT $1::mood, $2::text[]::mood[], ARRAY[$1::mood] = $2::text[]::mood[]",
                    [.text("good"), .textArray(["bad", "good"])]
                ).only()
                #expect(try row.text(0) == "good")
                #expect(try row.textArray(1) == ["bad", "good"])
                #expect(try !row.bool(2))
            }
        }
    }

    @Test func other_columns_that_are_text() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        try await session.read { tx in
            let row = try tx.query(
                "SELECT 'a'::varchar(3), 'b'::char(3), 'c'::name, '{\"d\": 1}'::json, $1::jsonb, 7::oid, 1.5::real",
                [.text("{\"e\": \"é\"}")]
            ).only()
            #expect(try row.text(0) == "a")
            #expect(try row.text(1) == "b  ")
            #expect(try row.text(2) == "c")
            #expect(try row.text(3) == "{\"d\": 1}")
            #expect(try row.text(4) == "{\"e\": \"é\"}")
            #expect(try row.int8(5) == 7)
            #expect(try row.double(6) == 1.5)
        }
        await session.close()
    }
}

/// A small generator that repeats itself from its seed.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
