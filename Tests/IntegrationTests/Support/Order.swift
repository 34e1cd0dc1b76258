/// An `order.placed` in the making.
struct Order: Sendable {
    struct Line: Sendable {
        var id: String
        var sku: String
        var quantity: Int64
        var price: Int64 = 1_000
        var name = "Thing"
        var taxRate = "19"
        /// Where it was handed over.
        var till: String?
    }

    var channel = "shop"
    var id: String
    var lines: [Line]
    var acceptPartial = false
    var basketID: String?
    var shipping: Int64?
    /// The store where it is collected.
    var pickup: String?
    var payments: JSON?
    var name = "Ada Lovelace"
    var email = "ada@example.com"
    var placedAt = "2026-11-22T10:15:00Z"

    /// - Parameter items: one line each, numbered from 1.
    init(_ id: String, _ items: [(sku: String, quantity: Int64)]) {
        self.id = id
        lines = items.enumerated().map { Line(id: "\($0 + 1)", sku: $1.sku, quantity: $1.quantity) }
    }

    init(_ id: String, of sku: String, _ quantity: Int64 = 1) { self.init(id, [(sku, quantity)]) }

    func with(_ change: (inout Order) -> Void) -> Order {
        var order = self
        change(&order)
        return order
    }

    var total: Int64 { lines.reduce(shipping ?? 0) { $0 + $1.quantity * $1.price } }

    var body: JSON {
        var body: JSON = [
            "channel": .string(channel),
            "orderId": .string(id),
            "placedAt": .string(placedAt),
            "currency": channel == "tokyo" ? "JPY" : "EUR",
            "pricesIncludeTax": true,
            "customer": ["name": .string(name), "email": .string(email)],
            "shippingAddress": [
                "name": .string(name), "street": "Jungfernstieg 1", "postalCode": "20095", "city": "Hamburg", "country": "DE",
                "latitude": .double(53.55), "longitude": .double(9.99),
            ],
            "lines": .array(
                lines.map { line in
                    var body: JSON = [
                        "lineId": .string(line.id), "sku": .string(line.sku), "name": .string(line.name),
                        "quantity": .integer(line.quantity), "unitPrice": .integer(line.price), "taxRate": .string(line.taxRate),
                    ]
                    if let till = line.till { body["location"] = .string(till) }
                    return body
                }
            ),
            "total": .integer(total),
        ]
        if let shipping { body["shipping"] = ["method": "standard", "price": .integer(shipping), "taxRate": "19"] }
        if let pickup {
            body["shipping"] = [
                "method": "collect", "price": .integer(shipping ?? 0), "taxRate": "19", "pickupLocation": .string(pickup),
            ]
        }
        if let payments { body["payments"] = payments }
        if let basketID { body["basketId"] = .string(basketID) }
        if acceptPartial { body["acceptPartial"] = true }
        return body
    }
}
