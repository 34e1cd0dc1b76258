import Messages
import Testing

@Suite struct CloudEventTests {
    private static let contentType = "application/cloudevents+json"

    private static func refusal(_ text: String) -> MessageRefusal? {
        MessagesTests.refusal("order.placed", text, contentType: contentType)
    }

    @Test(arguments: [
        (#""specversion": "1.0""#, #""specversion": "0.3""#, "/specversion", RefusalCode.invalidField),
        (#""specversion": "1.0","#, "", "/specversion", .invalidField),
        (#""id": "m-4711","#, "", "/id", .invalidField),
        (#""id": "m-4711""#, #""id": """#, "/id", .invalidField),
        (#""source": "/shops/de","#, "", "/source", .invalidField),
        (#""type": "order.placed","#, "", "/type", .invalidField),
        (#""type": "order.placed""#, #""type": "order.place""#, "/type", .unsupportedType),
        (#""time": "2026-11-22T10:15:00Z""#, #""time": "today""#, "/time", .invalidField),
        (#""datacontenttype": "application/json""#, #""datacontenttype": "text/xml""#, "/datacontenttype", .invalidField),
        (#""data":"#, #""data_base64": "e30=", "data":"#, "/data_base64", .invalidField),
        (#""quantity": 2"#, #""quantity": 0"#, "/data/lines/0/quantity", .invalidField),
        (#""quantity": 2"#, #""quantity": 2, "x": {"k":1,"k":2}"#, "/data/lines/0/x/k", .invalidJSON),
        (#""total": 4497,"#, "", "/data/total", .invalidField),
        (#""data":"#, #""data": {}, "data":"#, "/data", .invalidJSON),
    ])
    func refuses(_ target: String, _ replacement: String, _ path: String, _ code: RefusalCode) throws {
        let body = try Sample.inbound("order.placed.cloudevent").with(target, replacement)
        let refusal = try #require(Self.refusal(body))
        #expect(refusal.code == code)
        #expect(refusal.path == path)
    }

    @Test func data_may_stand_before_the_type() throws {
        let order = try Sample.inbound("order.placed")
        let message = try decode(
            "",
            #"{"data": \#(order), "ext": 1, "type": "order.placed", "source": "s", "id": "1", "specversion": "1.0"}"#,
            contentType: "Application/CloudEvents+JSON;charset=UTF-8"
        )
        #expect(message == (try decode("order.placed", order)))
    }

    @Test func the_envelope_counts_as_a_level_of_nesting() throws {
        func body(_ levels: Int) throws -> String {
            let deep = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
            return try Sample.inbound("order.placed.cloudevent").with(#""total": 4497,"#, #""total": 4497, "x": \#(deep),"#)
        }
        #expect(Self.refusal(try body(62)) == nil)
        #expect(Self.refusal(try body(63))?.code == .invalidJSON)
    }
}
