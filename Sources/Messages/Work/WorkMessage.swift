/// What workers tell each other on `oms.work`: keys of rows to look at. Not part of the public contract. Losing one costs time only: the rows stand in the database.
package enum WorkMessage: Hashable, Sendable {
    /// Orders that can be sourced: `{"orders":[1,2]}`, routing key `source`.
    case source(orders: [Int64])
    /// SKUs of which there is more than before, so that waiting orders are looked at: `{"skus":[1,2]}`, routing key `wake`.
    case wake(skus: [Int64])
    /// Shipments that need an invoice: `{"shipments":[1,2]}`, routing key `invoice`.
    case invoice(shipments: [Int64])

    package static let exchange = "oms.work"

    package var routingKey: String {
        switch self {
        case .source: "source"
        case .wake: "wake"
        case .invoice: "invoice"
        }
    }

    package func json() -> [UInt8] {
        var json = JSONWriter(capacity: 64)
        json.beginObject()
        switch self {
        case .source(let keys): json.list("orders", keys) { $0.integer($1) }
        case .wake(let keys): json.list("skus", keys) { $0.integer($1) }
        case .invoice(let keys): json.list("shipments", keys) { $0.integer($1) }
        }
        json.endObject()
        return json.bytes
    }

    /// Reads what `json()` wrote: exactly one of the three lists.
    package init(json: [UInt8]) throws(MessageRefusal) {
        var message: WorkMessage?
        var reader = JSONReader(json)
        var object = try reader.beginObject()
        while let field = try reader.nextField(Field.names, &object) {
            let keys = try reader.list(0...1_000_000) { reader throws(MessageRefusal) in try reader.integer(1...Int64.max) }
            guard message == nil else { throw reader.invalidField("is a second list, and there must be one") }
            switch field {
            case .orders: message = .source(orders: keys)
            case .skus: message = .wake(skus: keys)
            case .shipments: message = .invoice(shipments: keys)
            }
        }
        guard let message else { throw reader.invalidField("must hold orders, skus or shipments") }
        try reader.finish()
        self = message
    }

    private enum Field: String, FieldName {
        case orders, skus, shipments
        static let names = FieldNames<Self>()
    }
}
