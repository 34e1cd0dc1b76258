import Commerce
import Foundation
import Testing

@testable import Messages

@Suite struct InboundTests {
    @Test func every_type_has_a_sample() {
        #expect(Set(Sample.inbound.map(\.type)) == Set(InboundType.allCases.map(\.rawValue)))
        #expect(Set(Sample.events.map(\.type)) == Set(EventType.allCases.map(\.rawValue)))
    }

    @Test(arguments: Sample.inbound)
    func a_sample_decodes_and_reads_back_from_what_we_write(_ sample: Sample) throws {
        let contentType = sample.isCloudEvent ? "application/cloudevents+json; charset=utf-8" : "application/json"
        let type = sample.isCloudEvent ? "whatever" : sample.type
        let message = try decode(type, sample.text, contentType: contentType)
        #expect(message.type.rawValue == sample.type)
        #expect(!message.body.senderID.isEmpty)
        let again = try InboundDecoder.decode(type: sample.type, contentType: nil, body: message.body.json(), receivedAt: receipt)
        #expect(again == message)
        #expect(again.body.json() == message.body.json())
        #expect(again.body.contentDigest == message.body.contentDigest)
    }

    @Test func the_contracts_order_is_read_field_by_field() throws {
        guard case .orderPlaced(let placed) = try decode("order.placed", try Sample.inbound("order.placed.business")) else {
            Issue.record("another message")
            return
        }
        let order = placed.order
        #expect(order.channel == "b2b-eu")
        #expect(order.orderID == "B-7/2026")
        #expect(order.placedAt == Timestamp(seconds: 1_795_342_500))
        #expect(!order.pricesIncludeTax)
        #expect(order.customer.name == "Société d'Éclairage «Lumière» 💡")
        #expect(order.customer.reference == "PO 4711")
        #expect(order.billingAddress?.city == "Paris")
        #expect(order.lines.map(\.quantity) == [120, 1])
        #expect(order.lines[0].attributes == ["hazard": "none", "origin": "DE"])
        #expect(order.lines[0].taxCategory == .intraCommunity)
        #expect(order.lines[0].weightGrams == 850)
        #expect(order.discounts == [Discount(name: "Volume", amount: 10_000), Discount(name: "Display piece", amount: 200, lineID: "b")])
        #expect(order.total == 201_400)
        #expect(order.promisedBy == Timestamp(seconds: 1_795_975_200))
        #expect(order.acceptPartial)
        #expect(try PlacedOrder(json: order.json()) == order)
    }

    @Test func a_time_in_the_future_counts_as_the_receipt_and_stays_the_same_content() throws {
        let body = try Sample.inbound("order.placed")
        let early = Timestamp(seconds: 1_000_000_000)
        let first = try InboundDecoder.decode(type: "order.placed", contentType: nil, body: Array(body.utf8), receivedAt: early)
        let second = try decode("order.placed", body)
        guard case .orderPlaced(let clamped) = first, case .orderPlaced(let plain) = second else {
            Issue.record("another message")
            return
        }
        #expect(clamped.order.placedAt == early)
        #expect(plain.order.placedAt == plain.claimedAt)
        #expect(clamped.claimedAt == plain.claimedAt)
        #expect(clamped.contentDigest == plain.contentDigest)
        // A promise is about the future.
        guard
            case .orderPlaced(let promised) = try InboundDecoder.decode(
                type: "order.placed",
                contentType: nil,
                body: Array(Sample.inbound("order.placed.business").utf8),
                receivedAt: early
            )
        else { return }
        #expect(promised.order.promisedBy == Timestamp(seconds: 1_795_975_200))
    }

    @Test func the_same_content_has_the_same_digest_however_it_is_written() throws {
        let body = try Sample.inbound("order.placed")
        let digest = try decode("order.placed", body).body.contentDigest
        let address = try #require(body.components(separatedBy: "\"shippingAddress\": ").last).components(separatedBy: "}")[0] + "}"
        let same = [
            body.replacing("\n", with: "\r\n\t"),
            try body.with("10:15:00Z", "11:15:00.000+01:00"),
            try body.with(#""total": 4497,"#, #""discounts": [], "acceptPartial": false, "total": 4497, "x": 1,"#),
            try body.with(#""latitude": 53.55"#, #""latitude": 5.3550e1"#),
            try body.with(#""lineId": "1","#, #""taxCategory": "S", "attributes": {}, "lineId": "\u0031","#),
            try body.with(#""total": 4497,"#, #""total": 4497, "billingAddress": \#(address),"#),
        ]
        for text in same { #expect(try decode("order.placed", text).body.contentDigest == digest) }
        let other = [
            try body.with(#""total": 4497,"#, #""total": 4498,"#),
            try body.with(#""total": 4497,"#, #""total": 4497, "acceptPartial": true,"#),
            try body.with("10:15:00Z", "10:15:00.000001Z"),
            try body.with(#""name": "Lamp""#, #""name": "lamp""#),
            try body.with(#""total": 4497,"#, #""total": 4497, "billingAddress": \#(address.replacing("20095", with: "20096")),"#),
        ]
        for text in other { #expect(try decode("order.placed", text).body.contentDigest != digest) }
    }

    @Test func spellings_of_one_letter_are_different_content() throws {
        let body = try Sample.inbound("order.placed")
        let composed = try decode("order.placed", try body.with(#""name": "Lamp""#, "\"name\": \"\u{E9}\""))
        let decomposed = try decode("order.placed", try body.with(#""name": "Lamp""#, "\"name\": \"e\u{301}\""))
        #expect(composed.body.contentDigest != decomposed.body.contentDigest)
        // Two lines may have such ids: they are different bytes.
        let lines = try Sample.inbound("order.cancelled.lines")
        let two = try lines.with(
            #"{ "lineId": "1", "quantity": 1 }"#,
            "{ \"lineId\": \"\u{E9}\", \"quantity\": 1 }, { \"lineId\": \"e\u{301}\", \"quantity\": 1 }"
        )
        #expect(refusal("order.cancelled", two) == nil)
    }

    @Test func what_is_no_message_at_all_is_refused() throws {
        let body = try Sample.inbound("order.placed")
        #expect(refusal("order.place", body)?.code == .unsupportedType)
        #expect(refusal("", body)?.code == .unsupportedType)
        #expect(refusal("order.placed", "")?.code == .invalidJSON)
        #expect(refusal("order.placed", "[]")?.code == .invalidField)
        #expect(refusal("order.placed", "[1,]")?.code == .invalidJSON)
        #expect(refusal("order.placed", "{}")?.path == "/placedAt")
        #expect(refusal("order.placed", body + " x")?.code == .invalidJSON)
        #expect(refusal("order.placed", "\u{FEFF}" + body)?.code == .invalidJSON)
        let padding = String(repeating: " ", count: InboundDecoder.maximumBodyBytes - body.utf8.count)
        #expect(refusal("order.placed", body + padding) == nil)
        #expect(refusal("order.placed", body + padding + " ")?.code == .tooLarge)
    }

    @Test func five_thousand_lines_are_taken_and_one_more_is_not() throws {
        let sample = try Sample.inbound("order.placed")
        let line = #"{ "lineId": "1", "sku": "A-1", "name": "Lamp", "quantity": 2, "unitPrice": 1999, "taxRate": "19" }"#
        func body(_ count: Int) throws -> String {
            try sample.with(line, (1...count).map { line.replacing(#""1""#, with: "\"\($0)\"") }.joined(separator: ","))
        }
        guard case .orderPlaced(let placed) = try decode("order.placed", body(5_000)) else { return }
        #expect(placed.order.lines.count == 5_000)
        #expect(placed.order.lines.last?.lineID == "5000")
        #expect(refusal("order.placed", try body(5_001))?.path == "/lines/5000")
        #expect(refusal("order.placed", try sample.with(line, ""))?.path == "/lines")
    }

    @Test func a_feed_of_thirty_thousand_rows_is_read_and_its_double_found() throws {
        var items = (0..<30_000).map { StockReported.Item(sku: "SKU-\($0)", onHand: Int64($0)) }
        let feed = StockReported(location: "ber-1", sequence: .max, observedAt: Timestamp(seconds: 1), mode: .full, items: items)
        #expect(try decode("stock.reported", String(decoding: feed.json(), as: UTF8.self)) == .stockReported(feed))
        items.append(items[17])
        let double = StockReported(location: "ber-1", sequence: 1, observedAt: Timestamp(seconds: 1), mode: .full, items: items)
        #expect(refusal("stock.reported", String(decoding: double.json(), as: UTF8.self))?.path == "/items/30000/sku")
    }

    @Test func channel_and_order_are_found_in_a_refused_body() throws {
        let body = try Sample.inbound("order.placed").with(#""quantity": 2"#, #""quantity": 0"#)
        let plain = InboundDecoder.order(contentType: nil, body: Array(body.utf8))
        #expect(plain.channel == "shop-de" && plain.orderID == "100042")
        let event = InboundDecoder.order(
            contentType: "application/cloudevents+json",
            body: Array(try Sample.inbound("order.placed.cloudevent").utf8)
        )
        #expect(event.channel == "shop-de" && event.orderID == "100042")
        #expect(InboundDecoder.order(contentType: nil, body: [0xFF]).channel == nil)
    }
}
