import Postgres
import Testing

/// Every parameter type goes to the server and comes back the same.
@Suite(.timeLimit(.minutes(15)))
struct ParameterTests {
    private func roundTrip<Value: Sendable>(_ parameter: Parameter, _ read: @Sendable (Row) throws -> Value) async throws -> Value {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let value = try await session.read { tx in try read(tx.query("SELECT $1", [parameter]).only()) }
        await session.close()
        return value
    }

    @Test func booleans() async throws {
        #expect(try await roundTrip(.bool(true)) { try $0.bool(0) })
        #expect(try await roundTrip(.bool(false)) { try !$0.bool(0) })
    }

    @Test func integers_at_their_limits() async throws {
        for value in [Int16.min, -1, 0, 1, .max] { #expect(try await roundTrip(.int2(value)) { try $0.int2(0) } == value) }
        for value in [Int32.min, -1, 0, 1, .max] { #expect(try await roundTrip(.int4(value)) { try $0.int4(0) } == value) }
        for value in [Int64.min, -1, 0, 1, .max] { #expect(try await roundTrip(.int8(value)) { try $0.int8(0) } == value) }
    }

    @Test func integers_can_be_read_wider_but_not_narrower() async throws {
        #expect(try await roundTrip(.int2(-7)) { try $0.int4(0) } == -7)
        #expect(try await roundTrip(.int2(-7)) { try $0.int8(0) } == -7)
        #expect(try await roundTrip(.int4(-7)) { try $0.int8(0) } == -7)
        let error = await #expect(throws: PostgresError.self) { try await roundTrip(.int8(7)) { try $0.int4(0) } }
        #expect(error?.kind == .result)
    }

    @Test func doubles() async throws {
        let values = [0, -0.0, 0.1, -1e308, .leastNonzeroMagnitude, .infinity, -.infinity]
        for value in values { #expect(try await roundTrip(.double(value)) { try $0.double(0) } == value) }
        #expect(try await roundTrip(.double(.nan)) { try $0.double(0) }.isNaN)
    }

    @Test(arguments: [
        "", "plain", "ä€𝄞", "👩‍👩‍👧‍👦🇩🇪", "שלום עולם", "مرحبا بالعالم", "e\u{301}", "'; DROP TABLE x; --", "\u{1}\t\n\r\\", "\u{10FFFF}",
    ])
    func texts(_ text: String) async throws {
        let value = try await roundTrip(.text(text)) { try $0.text(0) }
        // Byte for byte: Swift's == calls canonically equivalent texts equal.
        #expect(Array(value.utf8) == Array(text.utf8))
        let elements = try await roundTrip(.textArray([text, "x", text])) { try $0.textArray(0) }
        #expect(elements.map { Array($0.utf8) } == [text, "x", text].map { Array($0.utf8) })
    }

    @Test func a_long_text_and_long_bytes() async throws {
        let text = String(repeating: "né", count: 1_000_000)
        #expect(try await roundTrip(.text(text)) { try $0.text(0) } == text)
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try await roundTrip(.bytes(bytes)) { try $0.bytes(0) } == bytes)
        #expect(try await roundTrip(.bytes(bytes)) { try $0.withBytes(0) { $0.count } } == bytes.count)
    }

    @Test func every_byte() async throws {
        let bytes = Array(UInt8.min ... .max)
        #expect(try await roundTrip(.bytes(bytes)) { try $0.bytes(0) } == bytes)
        #expect(try await roundTrip(.bytes([])) { try $0.bytes(0) } == [])
    }

    @Test func uuids() async throws {
        for value in [PostgresUUID(high: 0, low: 0), PostgresUUID(high: .max, low: .max), .random()] {
            #expect(try await roundTrip(.uuid(value)) { try $0.uuid(0) } == value)
        }
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let text = "01234567-89ab-cdef-fedc-ba9876543210"
        let uuid = try #require(PostgresUUID(text))
        #expect(uuid.description == text)
        #expect(try await session.read { tx in try tx.query("SELECT $1::text", [.uuid(uuid)]).only().text(0) } == text)
        #expect(PostgresUUID("0123") == nil && PostgresUUID("z1234567-89ab-cdef-fedc-ba9876543210") == nil)
        await session.close()
    }

    /// Microseconds since 1970, and what PostgreSQL calls that moment.
    @Test(arguments: [
        (0, "1970-01-01 00:00:00+00"),
        (946_684_800_000_000, "2000-01-01 00:00:00+00"),
        (946_684_799_999_999, "1999-12-31 23:59:59.999999+00"),
        (-1, "1969-12-31 23:59:59.999999+00"),
        (-62_135_596_800_000_000, "0001-01-01 00:00:00+00"),
        (1_772_323_200_123_456, "2026-03-01 00:00:00.123456+00"),
        (9_223_372_036_854_775_806, "294247-01-10 04:00:54.775806+00"),
        (Int64.max, "infinity"), (Int64.min, "-infinity"),
    ])
    func timestamps(_ microseconds: Int64, _ text: String) async throws {
        #expect(try await roundTrip(.timestamp(microseconds)) { try $0.timestamp(0) } == microseconds)
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        #expect(try await session.read { tx in try tx.query("SELECT $1::text", [.timestamp(microseconds)]).only().text(0) } == text)
        await session.close()
    }

    @Test func moments_beyond_64_bits_from_1970_are_read_as_infinity() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        let last = try await session.read { tx in try tx.query("SELECT '294276-12-31 23:59:59'::timestamptz").only().timestamp(0) }
        #expect(last == .max)
        await session.close()
    }

    @Test func a_timestamp_beyond_what_can_be_sent_is_refused() async throws {
        let error = await #expect(throws: PostgresError.self) { try await roundTrip(.timestampArray([0, .min + 1])) { _ in } }
        #expect(error?.kind == .parameter)
        #expect(error?.sqlState == .numericValueOutOfRange)
        #expect(error?.description.contains("element 1 of parameter $1") == true)
    }

    @Test func dates() async throws {
        for days in [Int32(0), -1, 10_957, 20_513, -719_162] { #expect(try await roundTrip(.date(days)) { try $0.date(0) } == days) }
        #expect(try await roundTrip(.dateArray([0, 20_513])) { try $0.dateArray(0) } == [0, 20_513])
        #expect(try await roundTrip(.optionalDateArray([nil, 1])) { try $0.optionalDateArray(0) } == [nil, 1])
    }

    @Test func null_of_every_type() async throws {
        let session = PostgresSession(try serverConfiguration(), logger: quiet)
        try await session.read { tx in
            let types = ["boolean", "smallint", "integer", "bigint", "double precision", "text", "bytea", "uuid", "timestamptz", "date"]
            let row = try tx.query(
                "SELECT \(types.enumerated().map { "$\($0.offset + 1)::\($0.element)" }.joined(separator: ","))",
                types.map { _ in .null }
            ).only()
            for column in types.indices { #expect(try row.isNull(column)) }
            #expect(try row.optionalBool(0) == nil)
            #expect(try row.optionalInt2(1) == nil)
            #expect(try row.optionalInt4(2) == nil)
            #expect(try row.optionalInt8(3) == nil)
            #expect(try row.optionalDouble(4) == nil)
            #expect(try row.optionalText(5) == nil)
            #expect(try row.optionalBytes(6) == nil)
            #expect(try row.optionalUUID(7) == nil)
            #expect(try row.optionalTimestamp(8) == nil)
            #expect(try row.optionalDate(9) == nil)
            #expect(throws: PostgresError.self) { try row.text(5) }
        }
        await session.close()
    }

    @Test func optional_parameters() {
        #expect(Parameter.optionalText(nil) == .null && Parameter.optionalText("a") == .text("a"))
        #expect(Parameter.optionalInt8(nil) == .null && Parameter.optionalInt8(1) == .int8(1))
        #expect(Parameter.optionalTimestamp(nil) == .null && Parameter.optionalTimestamp(1) == .timestamp(1))
    }
}
