/// What workers tell each other on `oms.work`: keys of rows to look at. Not part of the public contract. Losing one costs time only: the rows stand in the database.
package enum WorkMessage: Hashable, Sendable {
    /// Orders that can be sourced: `{"orders":[1,2]}`, routing key `source`.
    case source(orders: [Int64])
    /// SKUs of which there is more than before, so that waiting orders younger than `after` are looked at: `{"skus":[1,2],"after":7}`,
    /// routing key `wake`.
    case wake(skus: [Int64], after: Int64)
    /// Shipments that need an invoice: `{"shipments":[1,2]}`, routing key `invoice`.
    case invoice(shipments: [Int64])
    /// SKUs of which storefronts may have to hear: `{"changed":[1,2]}`, routing key `availability`.
    case availability(skus: [Int64])
    /// SKUs of which those who wait may have to be promised another date: `{"promised":[1,2]}`, routing key `promise`.
    case promise(skus: [Int64])

    package static let exchange = "oms.work"

    package var routingKey: String {
        switch self {
        case .source: "source"
        case .wake: "wake"
        case .invoice: "invoice"
        case .availability: "availability"
        case .promise: "promise"
        }
    }

    package func json() -> [UInt8] {
        var json = JSONWriter(capacity: 64)
        json.beginObject()
        switch self {
        case .source(let keys): json.list("orders", keys) { $0.integer($1) }
        case .wake(let keys, let after):
            json.list("skus", keys) { $0.integer($1) }
            json.member("after", after)
        case .invoice(let keys): json.list("shipments", keys) { $0.integer($1) }
        case .availability(let keys): json.list("changed", keys) { $0.integer($1) }
        case .promise(let keys): json.list("promised", keys) { $0.integer($1) }
        }
        json.endObject()
        return json.bytes
    }

    /// Reads what `json()` wrote: exactly one of the lists.
    package init(json: [UInt8]) throws(MessageRefusal) {
        var message: WorkMessage?
        var after: Int64 = 0
        var reader = JSONReader(json)
        var object = try reader.beginObject()
        while let field = try reader.nextField(Field.names, &object) {
            if field == .after {
                after = try reader.integer(0...Int64.max)
                continue
            }
            let keys = try reader.list(0...1_000_000) { reader throws(MessageRefusal) in try reader.integer(1...Int64.max) }
            guard message == nil else { throw reader.invalidField("is a second list, and there must be one") }
            switch field {
            case .orders: message = .source(orders: keys)
            case .skus: message = .wake(skus: keys, after: 0)
            case .shipments: message = .invoice(shipments: keys)
            case .changed: message = .availability(skus: keys)
            case .promised: message = .promise(skus: keys)
            case .after: break
            }
        }
        guard let message else { throw reader.invalidField("must hold orders, skus, shipments, changed or promised") }
        try reader.finish()
        if case .wake(let skus, _) = message { self = .wake(skus: skus, after: after) } else { self = message }
    }

    private enum Field: String, FieldName {
        case orders, skus, after, shipments, changed, promised
        static let names = FieldNames<Self>()
    }
}
