import TestSupport
import Testing

/// Every wrong message is refused with a code and a path, kept at the desk, and told; nothing else is harmed.
@Suite(.timeLimit(.minutes(15)))
struct RefusalTests {
    private func changed(_ change: (inout JSON) -> Void) -> JSON {
        var body = Order("1", of: "A").body
        change(&body)
        return body
    }

    @Test func wrong_orders_are_refused_with_code_and_path() async throws {
        try await withShop { shop in
            let cases: [(JSON, code: String, path: String)] = [
                (changed { $0["channel"] = "nobody" }, "unknown_channel", "/channel"),
                (changed { $0["currency"] = "USD" }, "currency_mismatch", "/currency"),
                (changed { $0["currency"] = "XXQ" }, "unknown_currency", "/currency"),
                (changed { $0["total"] = 1_001 }, "total_mismatch", "/total"),
                (changed { $0["total"] = "1000" }, "invalid_field", "/total"),
                (changed { $0["lines"][0]["quantity"] = 0 }, "invalid_field", "/lines/0/quantity"),
                (changed { $0["lines"][0]["quantity"] = 1_000_001 }, "invalid_field", "/lines/0/quantity"),
                (changed { $0["lines"][0]["unitPrice"] = -1 }, "invalid_field", "/lines/0/unitPrice"),
                (changed { $0["lines"] = [] }, "invalid_field", "/lines"),
                (changed { $0["orderId"] = "a\u{0}b" }, "invalid_field", "/orderId"),
                (changed { $0["orderId"] = .string(String(repeating: "x", count: 65)) }, "invalid_field", "/orderId"),
                (changed { $0["customer"]["email"] = "nobody" }, "invalid_field", "/customer/email"),
                (changed { $0["shippingAddress"]["country"] = "XX" }, "invalid_field", "/shippingAddress/country"),
                (changed { $0["placedAt"] = "yesterday" }, "invalid_field", "/placedAt"),
                (
                    changed { $0["payments"] = [["paymentId": "p", "method": "card", "status": "authorized", "amount": 2_000]] },
                    "payment_mismatch", "/payments"
                ),
                (changed { $0["lines"][0]["location"] = "a b" }, "invalid_field", "/lines/0/location"),
            ]
            for (body, code, path) in cases {
                let reply = try await shop.ask("order.placed", body)
                #expect(reply["accepted"] == false)
                #expect(reply["code"].string == code, "\(path): \(reply.text())")
                #expect(reply["path"].string?.hasPrefix(path) == true, "\(code): \(reply.text())")
            }
            #expect(try await shop.desk().count == cases.count)
            #expect(try await shop.count("orders") == 0)
            try await shop.place(Order("1", of: "A"))
        }
    }

    @Test func broken_json_is_refused_and_kept_as_it_came() async throws {
        try await withShop { shop in
            let order = Order("1", of: "A").body.text()
            let bodies: [[UInt8]] = [
                [], Array("{".utf8), Array("null".utf8), Array("[]".utf8), Array((order + order).utf8),
                Array(order.replacing(#""quantity":1"#, with: #""quantity":1,"quantity":2"#).utf8),
                Array(order.replacing(#""quantity":1"#, with: #""quantity":NaN"#).utf8),
                Array(order.replacing(#""quantity":1"#, with: #""quantity":1e400"#).utf8),
                Array(order.replacing("Thing", with: #"\ud800"#).utf8), Array(order.utf8.prefix(20)) + [0xFF, 0xFE],
                Array(String(repeating: "[", count: 10_000).utf8),
            ]
            for body in bodies {
                let reply = try await shop.ask("order.placed", bytes: body)
                #expect(reply["accepted"] == false, "\(String(decoding: body.prefix(60), as: UTF8.self))")
                #expect(["invalid_json", "invalid_field"].contains(reply["code"].string ?? ""), "\(reply.text())")
            }
            #expect(try await shop.desk().map(\.body) == bodies)
            try await shop.place(Order("1", of: "A"))
        }
    }

    @Test func a_body_of_one_mebibyte_is_taken_and_a_byte_more_is_not() async throws {
        try await withShop { shop in
            let bare = Order("1", of: "A").body.text()
            let exact = bare + String(repeating: " ", count: 1_048_576 - bare.utf8.count)
            #expect(try await shop.ask("order.placed", bytes: Array(exact.utf8))["accepted"] == true)
            let reply = try await shop.ask("order.placed", bytes: Array((exact + " ").utf8))
            #expect(reply["code"] == "too_large")
        }
    }

    @Test func a_refusal_is_told_with_an_id_that_is_the_same_each_time() async throws {
        try await withShop { shop in
            let body = Order("7", of: "A").with { $0.channel = "nobody" }.body
            _ = try await shop.ask("order.placed", body, messageID: "m-7")
            _ = try await shop.ask("order.placed", body, messageID: "m-7")
            _ = try await shop.ask("order.placed", body, messageID: "m-8")
            try await eventually("two refusals are told") { try shop.events("message.rejected").count == 2 }
            let event = try #require(try shop.events("message.rejected").first)
            #expect(event["data"]["type"] == "order.placed")
            #expect(event["data"]["code"] == "unknown_channel")
            #expect(event["data"]["path"] == "/channel")
            #expect(event["data"]["messageId"] == "m-7")
            #expect(event["data"]["channel"] == "nobody")
            #expect(event["data"]["orderId"] == "7")
            #expect(event["data"]["message"].string?.isEmpty == false)
            #expect(try await shop.desk(has: 3).count == 3)
        }
    }

    @Test func what_is_not_known_or_not_yet_handled_is_kept_at_the_desk() async throws {
        try await withShop { shop in
            try await shop.tell("order.teleported", ["a": 1])
            try await shop.tell("order", ["a": 1])
            try await shop.tell(
                "return.requested",
                [
                    "channel": "shop", "orderId": "1", "returnId": "r", "lines": [["lineId": "1", "quantity": 1, "reason": "x"]],
                    "occurredAt": "2026-11-22T08:00:00Z",
                ]
            )
            let entries = try await shop.desk(has: 3)
            #expect(Set(entries.map(\.type)) == ["order.teleported", "order", "return.requested"])
            #expect(entries.allSatisfy { $0.code == "unsupported_type" })
            try await eventually("all three are told") { try shop.events("message.rejected").count == 3 }
        }
    }

    @Test func cloud_events_are_taken_and_wrong_ones_refused() async throws {
        try await withShop { shop in
            let contentType = "application/cloudevents+json"
            func event(_ type: String, _ data: JSON?) -> [UInt8] {
                var event: JSON = ["specversion": "1.0", "id": "e", "source": "/shop", "type": .string(type), "ext": "ension"]
                if let data { event["data"] = data }
                return Array(event.text().utf8)
            }
            let good = try await shop.ask("order.placed", bytes: event("order.placed", Order("1", of: "A").body), contentType: contentType)
            #expect(good == ["accepted": true, "id": "1"])
            let bad = try await shop.ask(
                "order.placed",
                bytes: event("order.placed", Order("2", of: "A").with { $0.lines[0].quantity = 0 }.body),
                contentType: contentType
            )
            #expect(bad["path"].string?.hasSuffix("/lines/0/quantity") == true, "\(bad.text())")
            let missing = try await shop.ask("order.placed", bytes: event("order.placed", nil), contentType: contentType)
            #expect(missing["accepted"] == false)
            // An event's type is the message's: one that says something else than its routing key is not guessed at.
            let other = try await shop.ask(
                "order.placed",
                bytes: event("order.cancelled", Order("3", of: "A").body),
                contentType: contentType
            )
            #expect(other["accepted"] == false)
        }
    }
}
