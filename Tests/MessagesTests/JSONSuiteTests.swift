import Testing

@testable import Messages

/// Cases as in the public JSONTestSuite (https://github.com/nst/JSONTestSuite): `y` must be taken, `n` must be refused, `i` is left to the
/// implementation, and ours is to refuse whatever could be changed silently.
@Suite struct JSONSuiteTests {
    private static func refusal(of bytes: [UInt8]) -> MessageRefusal? {
        var reader = JSONReader(bytes)
        do throws(MessageRefusal) {
            try reader.skipValue()
            try reader.finish()
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: JSONCases.taken)
    func takes(_ text: String) {
        #expect(Self.refusal(of: Array(text.utf8)) == nil)
    }

    @Test(arguments: JSONCases.refused)
    func refuses(_ text: String) {
        #expect(Self.refusal(of: Array(text.utf8))?.code == .invalidJSON)
    }

    @Test(arguments: JSONCases.refusedBytes)
    func refuses_bytes(_ bytes: [UInt8]) {
        #expect(Self.refusal(of: bytes)?.code == .invalidJSON)
    }

    @Test func every_prefix_of_a_text_is_refused() {
        let text = Array(#"{"a":[1,-2.5e3,true,false,null,"x\u00e9\ud83d\ude00é"],"b":{"c":{}}}"#.utf8)
        #expect(Self.refusal(of: text) == nil)
        for length in 0..<text.count { #expect(Self.refusal(of: Array(text[..<length])) != nil) }
    }

    @Test func sixty_four_levels_are_taken_and_one_more_is_not() {
        func nested(_ open: String, _ close: String, _ levels: Int) -> [UInt8] {
            Array((String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)).utf8)
        }
        #expect(Self.refusal(of: nested("[", "]", 64)) == nil)
        #expect(Self.refusal(of: nested("[", "]", 65))?.code == .invalidJSON)
        #expect(Self.refusal(of: nested(#"{"a":"#, "}", 64)) == nil)
        #expect(Self.refusal(of: nested(#"{"a":"#, "}", 65))?.code == .invalidJSON)
        #expect(Self.refusal(of: Array(String(repeating: "[", count: 1_000_000).utf8))?.code == .invalidJSON)
    }

    @Test func a_hundred_thousand_keys_cost_no_more_than_linear_time() {
        let members = (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",")
        let elapsed = ContinuousClock().measure {
            #expect(Self.refusal(of: Array("{\(members)}".utf8)) == nil)
            #expect(Self.refusal(of: Array("{\(members),\"77777\":1}".utf8))?.path == "/77777")
        }
        // Comparing every key with every other one would take minutes.
        #expect(elapsed < .seconds(30))
    }

    @Test func places_are_named_by_pointer() {
        let cases: [(String, String)] = [
            (#"{"a":{"b":[0,{"c":01}]}}"#, "/a/b/1/c"),
            (#"{"a/b":{"m~n":tru}}"#, "/a~1b/m~0n"),
            (#"{"\u0061":nul}"#, "/a"),
            (#"{"":{"":x}}"#, "//"),
            (#"{"a":1,"b":2,"a":3}"#, "/a"),
            (#"{"a":{"k":1,"\u006b":2}}"#, "/a/k"),
            (#"[1,2"#, "/1"),
            ("", ""),
            ("[] x", ""),
            // A key that a table could not hold, or too long to be worth telling: its nearest enclosing value is named.
            (#"{"x":{"\u0000":tru}}"#, "/x"),
            ("{\"x\":{\"\(String(repeating: "k", count: 2_000))\":tru}}", "/x"),
        ]
        for (text, path) in cases { #expect(Self.refusal(of: Array(text.utf8))?.path == path, "\(text)") }
    }
}
