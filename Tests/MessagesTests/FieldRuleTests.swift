import Commerce
import Testing

@testable import Messages

/// The rules of the contract's sections 1 and 3 that a schema cannot say, or says too, one edit of a sample each.
@Suite struct FieldRuleTests {
    struct Edit: CustomTestStringConvertible {
        var sample: String
        var target: String
        var replacement: String
        var path: String
        var code = RefusalCode.invalidField

        init(_ sample: String, _ target: String, _ replacement: String, _ path: String, _ code: RefusalCode = .invalidField) {
            self.sample = sample
            self.target = target
            self.replacement = replacement
            self.path = path
            self.code = code
        }

        var testDescription: String { "\(sample): \(replacement.prefix(60))" }
        /// A sample's name begins with its type, which has one dot.
        var type: String { sample.split(separator: ".").prefix(2).joined(separator: ".") }
    }

    @Test(arguments: edits)
    func refuses(_ edit: Edit) throws {
        let body = try Sample.inbound(edit.sample).with(edit.target, edit.replacement)
        let found = refusal(edit.type, body)
        let refusal = try #require(found)
        #expect(refusal.code == edit.code)
        #expect(refusal.path == edit.path)
        #expect(refusal.message.hasSuffix("."))
    }

    @Test(arguments: tolerated)
    func takes(_ edit: Edit) throws {
        let body = try Sample.inbound(edit.sample).with(edit.target, edit.replacement)
        #expect(refusal(edit.type, body) == nil)
    }

    private static let placed = "order.placed"
    private static let longName = String(repeating: "n", count: 201)

    static let edits: [Edit] = [
        // Types and integers
        Edit(placed, #""quantity": 2"#, #""quantity": 2.0"#, "/lines/0/quantity"),
        Edit(placed, #""quantity": 2"#, #""quantity": 2e0"#, "/lines/0/quantity"),
        Edit(placed, #""quantity": 2"#, #""quantity": "2""#, "/lines/0/quantity"),
        Edit(placed, #""quantity": 2"#, #""quantity": 0"#, "/lines/0/quantity"),
        Edit(placed, #""quantity": 2"#, #""quantity": -1"#, "/lines/0/quantity"),
        Edit(placed, #""quantity": 2"#, #""quantity": 1000001"#, "/lines/0/quantity"),
        Edit(placed, #""quantity": 2"#, #""quantity": 9223372036854775808"#, "/lines/0/quantity"),
        Edit(placed, #""quantity": 2"#, #""quantity": -9223372036854775809"#, "/lines/0/quantity"),
        Edit(placed, #""quantity": 2"#, #""quantity": 100000000000000000000000000"#, "/lines/0/quantity"),
        Edit(placed, #""quantity": 2"#, #""quantity": NaN"#, "/lines/0/quantity", .invalidJSON),
        Edit(placed, #""quantity": 2"#, #""quantity": 1e400"#, "/lines/0/quantity", .invalidJSON),
        Edit(placed, #""quantity": 2"#, #""quantity": 02"#, "/lines/0/quantity", .invalidJSON),
        Edit(placed, #""quantity": 2"#, #""quantity": {"a":1,"a":2}"#, "/lines/0/quantity/a", .invalidJSON),
        Edit(placed, #""quantity": 2"#, #""quantity": 2, "quantity": 2"#, "/lines/0/quantity", .invalidJSON),
        Edit(placed, #""quantity": 2"#, #""quantity": 2, "note": 1, "note": 1"#, "/lines/0/note", .invalidJSON),
        Edit(placed, #""unitPrice": 1999"#, #""unitPrice": 1000000000001"#, "/lines/0/unitPrice"),
        Edit(placed, #""unitPrice": 1999"#, #""unitPrice": 19.99"#, "/lines/0/unitPrice"),
        Edit(placed, #""total": 4497"#, #""total": 1000000000000001"#, "/total"),
        Edit(placed, #""total": 4497"#, #""total": 4496"#, "/payments", .paymentMismatch),
        Edit(placed, #""pricesIncludeTax": true"#, #""pricesIncludeTax": "true""#, "/pricesIncludeTax"),
        Edit(placed, #""pricesIncludeTax": true"#, #""pricesIncludeTax": null"#, "/pricesIncludeTax"),
        // Ids
        Edit(placed, #""orderId": "100042""#, #""orderId": """#, "/orderId"),
        Edit(placed, #""orderId": "100042""#, #""orderId": "\#(String(repeating: "x", count: 65))""#, "/orderId"),
        Edit(placed, #""orderId": "100042""#, #""orderId": "a\u0000b""#, "/orderId"),
        Edit(placed, #""orderId": "100042""#, #""orderId": "a\u0085b""#, "/orderId"),
        Edit(placed, #""orderId": "100042""#, #""orderId": "a\nb""#, "/orderId"),
        Edit(placed, #""orderId": "100042""#, #""orderId": 100042"#, "/orderId"),
        Edit(placed, #""orderId": "100042""#, #""orderId": "\ud800""#, "/orderId", .invalidJSON),
        Edit(placed, #""channel": "shop-de""#, #""channel": "shop de""#, "/channel"),
        Edit(placed, #""channel": "shop-de""#, #""channel": "shöp""#, "/channel"),
        Edit(placed, #""channel": "shop-de""#, #""channel": "a/b""#, "/channel"),
        Edit(placed, #""channel": "shop-de","#, "", "/channel"),
        // Times
        Edit(placed, "2026-11-22T10:15:00Z", "2026-11-22T10:15:00", "/placedAt"),
        Edit(placed, "2026-11-22T10:15:00Z", "2026-11-22 10:15:00Z", "/placedAt"),
        Edit(placed, "2026-11-22T10:15:00Z", "2026-02-29T10:15:00Z", "/placedAt"),
        Edit(placed, "2026-11-22T10:15:00Z", "1969-12-31T23:59:59Z", "/placedAt"),
        // Texts
        Edit(placed, #""name": "Lamp""#, #""name": """#, "/lines/0/name"),
        Edit(placed, #""name": "Lamp""#, #""name": "\#(longName)""#, "/lines/0/name"),
        Edit(placed, #""name": "Lamp""#, #""name": "La\u0000mp""#, "/lines/0/name"),
        Edit(placed, #""country": "DE""#, #""country": "de""#, "/shippingAddress/country"),
        Edit(placed, #""country": "DE""#, #""country": "UK""#, "/shippingAddress/country"),
        Edit(placed, #""country": "DE""#, #""country": "DEU""#, "/shippingAddress/country"),
        Edit(placed, #""currency": "EUR""#, #""currency": "eur""#, "/currency"),
        Edit(placed, "ada@example.com", "ada", "/customer/email"),
        Edit(placed, "ada@example.com", "ada@", "/customer/email"),
        Edit(placed, "ada@example.com", "a@b@example.com", "/customer/email"),
        Edit(placed, "ada@example.com", "ada @example.com", "/customer/email"),
        Edit(placed, "ada@example.com", "ada@example.com\\r\\nBcc: x@example.com", "/customer/email"),
        Edit(placed, "ada@example.com", "Ada <ada@example.com>", "/customer/email"),
        Edit(placed, "ada@example.com", "ada@example.com,eve@example.com", "/customer/email"),
        Edit(placed, "ada@example.com", "ada\u{A0}@example.com", "/customer/email"),
        Edit(placed, "ada@example.com", String(repeating: "a", count: 250) + "@b.de", "/customer/email"),
        Edit(placed, #""price": 499, "taxRate": "19""#, #""price": 499, "taxRate": 19"#, "/shipping/taxRate"),
        Edit(placed, #""price": 499, "taxRate": "19""#, #""price": 499, "taxRate": "019""#, "/shipping/taxRate"),
        Edit(placed, #""price": 499, "taxRate": "19""#, #""price": 499, "taxRate": "19,5""#, "/shipping/taxRate"),
        Edit(placed, #""price": 499, "taxRate": "19""#, #""price": 499, "taxRate": "100.000001""#, "/shipping/taxRate"),
        Edit(placed, #""price": 499, "taxRate": "19""#, #""price": 499, "taxRate": "-1""#, "/shipping/taxRate"),
        Edit(placed, #""price": 499, "taxRate": "19""#, #""price": 499, "taxRate": "1.""#, "/shipping/taxRate"),
        Edit(placed, #""price": 499, "taxRate": "19""#, #""price": 499, "taxRate": "1.1234567""#, "/shipping/taxRate"),
        // Coordinates
        Edit(placed, #""latitude": 53.55,"#, "", "/shippingAddress/latitude"),
        Edit(placed, #""latitude": 53.55"#, #""latitude": 90.5"#, "/shippingAddress/latitude"),
        Edit(placed, #""longitude": 9.99"#, #""longitude": -180.0001"#, "/shippingAddress/longitude"),
        Edit(placed, #""latitude": 53.55"#, #""latitude": "53.55""#, "/shippingAddress/latitude"),
        // Lists
        Edit(placed, #""status": "authorized""#, #""status": "paid""#, "/payments/0/status"),
        Edit("order.placed.business", #""lineId": "b","#, #""lineId": "a","#, "/lines/1/lineId"),
        Edit("order.placed.business", #""amount": 200, "lineId": "b""#, #""amount": 200, "lineId": "c""#, "/discounts/1/lineId"),
        Edit("order.placed.business", #""hazard": "none""#, #""hazard": 1"#, "/lines/0/attributes/hazard"),
        Edit("order.placed.business", #""tier": "gold""#, #""tier": 1"#, "/customer/attributes/tier"),
        Edit("order.placed.business", #""tier": "gold""#, #""": "gold""#, "/customer/attributes/"),
        Edit("order.placed.business", #""tier": "gold""#, "\"\u{E9}\": \"1\", \"e\u{301}\": \"2\"", "/customer/attributes/e\u{301}"),
        Edit("order.placed.business", #""region": "Provence-Alpes-Côte d’Azur""#, #""region": """#, "/shippingAddress/region"),
        Edit("order.placed.business", #""hazard": "none""#, #""origin": "none""#, "/lines/0/attributes/origin", .invalidJSON),
        Edit("order.placed.business", #""hazard": "none""#, "\"\u{E9}\": \"1\", \"e\u{301}\": \"2\"", "/lines/0/attributes/e\u{301}"),
        Edit("order.placed.till", #""paymentId": "card-1""#, #""paymentId": "cash-1""#, "/payments/1/paymentId"),
        Edit("order.cancelled.lines", #"{ "lineId": "1", "quantity": 1 }"#, "", "/lines"),
        Edit(
            "order.cancelled.lines",
            #"{ "lineId": "1", "quantity": 1 }"#,
            #"{ "lineId": "1", "quantity": 1 }, { "lineId": "1", "quantity": 1 }"#,
            "/lines/1/lineId"
        ),
        Edit("stock.reported", #""sku": "B-2""#, #""sku": "A-1""#, "/items/1/sku"),
        Edit("stock.reported", #""part": 1"#, #""part": 3"#, "/part"),
        Edit("stock.reported", #""part": 1"#, #""part": 0"#, "/part"),
        Edit("stock.reported", #""onHand": 40"#, #""onHand": -1"#, "/items/0/onHand"),
        Edit("stock.reported", #""mode": "full""#, #""mode": "all""#, "/mode"),
        Edit("location.defined", #""location": "ber-1""#, #""location": "ber.1""#, "/location"),
        Edit("location.defined", #""timeZone": "Europe/Berlin""#, #""timeZone": "Europe Berlin""#, "/timeZone"),
        Edit("shipment.dispatched", "https://track.example", "javascript:alert(1)//", "/trackingUrl"),
        Edit("shipment.dispatched", "https://track.example", "https://", "/trackingUrl"),
        Edit("shipment.dispatched", "https://track.example", "https://track.example/\\\"><b>", "/trackingUrl"),
        Edit("return.received", #""condition": "sellable""#, #""condition": "new""#, "/lines/0/condition"),
        Edit("reservation.requested", #""ttlSeconds": 600"#, #""ttlSeconds": 0"#, "/ttlSeconds"),
        Edit("reservation.requested", #""ttlSeconds": 600"#, #""ttlSeconds": 86401"#, "/ttlSeconds"),
        Edit("reservation.requested", #""sku": "B-2""#, #""sku": "A-1""#, "/lines/1/sku"),
        Edit("reservation.requested", #""basketId": "basket-77""#, #""basketId": """#, "/basketId"),
    ]

    static let tolerated: [Edit] = [
        Edit(placed, #""channel": "shop-de","#, #""channel": "shop-de", "unknown": {"deep": [1.5, null, {"k": "v"}]},"#, ""),
        Edit(placed, #""channel""#, #""\u0063hannel""#, ""),
        Edit(placed, #""orderId": "100042""#, #""orderId": "№ 4/ü 😀 «»""#, ""),
        Edit(placed, #""orderId": "100042""#, #""orderId": "\#(String(repeating: "😀", count: 64))""#, ""),
        Edit(placed, #""name": "Lamp""#, #""name": "<b>Lamp</b> \"50%\" مصباح 灯 💡""#, ""),
        Edit(placed, #""taxRate": "19" }"# + "\n  ]", #""taxRate": "8.875" }"# + "\n  ]", ""),
        Edit(placed, #""latitude": 53.55"#, #""latitude": 5.355e1"#, ""),
        Edit(placed, #""latitude": 53.55"#, #""latitude": -90"#, ""),
        Edit(placed, #""locale": "de-DE""#, #""locale": "tlh-XX""#, ""),
        Edit(placed, "2026-11-22T10:15:00Z", "2026-11-22t10:15:00.123456789+23:59", ""),
        Edit("order.placed.business", #""acceptPartial": true"#, #""acceptPartial": false"#, ""),
        Edit("order.placed.business", #""vatId": "FR12345678901","#, "", ""),
        Edit(
            "return.received",
            #""condition": "sellable" }"#,
            #""condition": "sellable" }, { "lineId": "1", "quantity": 1, "condition": "damaged" }"#,
            ""
        ),
    ]
}
