import Testing
import TradeNetwork

/// A fault's line is the one that an editor goes to.
struct FaultPlaceTests {
    private static func place(_ text: String) throws -> [Int] {
        let error = try #require(throws: NetworkFileError.self) { try NetworkFile.read(text) }
        let fault = try #require(error.faults.first)
        return [fault.line, fault.column]
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func lines_end_in_a_line_feed_a_carriage_return_or_both(_ ending: String) throws {
        #expect(try Self.place("sellers: []\(ending)\(ending)# more\(ending)seller: []\(ending)") == [4, 1])
    }

    @Test(arguments: ["\u{2028}", "\u{2029}", "\u{85}"])
    func what_only_the_parser_takes_for_the_end_of_a_line_is_not_counted(_ separator: String) throws {
        let comment = "# a\(separator)# b\(separator)# c\n"
        #expect(try Self.place(comment + "seller: []\n") == [2, 1])
        // What stands behind it stands in the same line, so far to the right.
        #expect(try Self.place("# a\(separator)seller: []\n") == [1, 5])
        #expect(try Self.place("sellers: []\(separator)# b\(separator)seller: []\n") == [1, 17])
    }

    @Test func a_fault_at_the_end_is_at_the_end_of_the_last_line() throws {
        #expect(try Self.place("sellers: [") == [1, 11])
        #expect(try Self.place("sellers: [\n") == [1, 11])
        #expect(try Self.place("sellers: [\n  x,\n\n") == [3, 1])
        #expect(try Self.place("sellers: [\u{2028}\u{2028}\u{2028}\u{2028}") == [1, 15])
        #expect(try Self.place("") == [1, 1])
    }

    @Test func a_byte_order_mark_is_no_column() throws {
        #expect(try Self.place("\u{FEFF}seller: []\n") == [1, 1])
        #expect(try Self.place("\u{FEFF}{ seller: [] }\n") == [1, 3])
    }

    @Test func a_character_that_yaml_does_not_allow_is_told_where_it_stands() throws {
        #expect(try Self.place("sellers: []\r\n# \u{2028}é\u{7}\n") == [2, 5])
        #expect(try Self.place("\u{1B}") == [1, 1])
        #expect(try Self.place("sellers: []\n\u{FFFE}") == [2, 1])
    }

    @Test func columns_count_scalars() throws {
        #expect(try Self.place("{ sellers: [], \"é👩‍👩‍👧\": 1 }\n") == [1, 16])
        #expect(try Self.place("{ channels: [], # é👩‍👩‍👧\n  seller: [] }\n") == [2, 3])
    }
}
