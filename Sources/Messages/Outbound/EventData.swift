package import Commerce

/// What one event tells: its `data`, and what its envelope takes from it.
package protocol EventData: Hashable, Sendable {
    var type: EventType { get }

    /// The type, except where a location listens for its own.
    var routingKey: String { get }

    /// `<channel>/<orderId>`, or the id of what it is about.
    var subject: String { get }

    /// Writes the `data` as one JSON object.
    func write(to json: inout JSONWriter)
}

extension EventData {
    package var routingKey: String { type.rawValue }
}

/// An event of one order.
package protocol OrderEventData: EventData {
    var channel: String { get }
    var orderID: String { get }
}

extension OrderEventData {
    package var subject: String { "\(channel)/\(orderID)" }
}

/// The events' `data` as types, one per type of event.
package enum Event {
    /// So many units of one order line.
    package struct Line: Hashable, Sendable {
        package var lineID: String
        package var sku: String
        /// Where the reader is a person who packs it.
        package var name: String?
        package var quantity: Int64
        /// When units that wait are expected, where a date is known.
        package var promisedAt: Timestamp?
        /// When they were expected before, where a date was told.
        package var promisedBefore: Timestamp?
        /// The day by which units that wait are with the customer, where that is known.
        package var deliverTo: CivilDate?
        /// Whether units that wait lie there, and wait for the rest of their order.
        package var inStock: Bool
        /// Whether units that wait were sold without stock, within their SKU's limit.
        package var preorder: Bool

        package init(
            lineID: String,
            sku: String,
            name: String? = nil,
            quantity: Int64,
            promisedAt: Timestamp? = nil,
            promisedBefore: Timestamp? = nil,
            deliverTo: CivilDate? = nil,
            inStock: Bool = false,
            preorder: Bool = false
        ) {
            self.lineID = lineID
            self.sku = sku
            self.name = name
            self.quantity = quantity
            self.promisedAt = promisedAt
            self.promisedBefore = promisedBefore
            self.deliverTo = deliverTo
            self.inStock = inStock
            self.preorder = preorder
        }

        func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("lineId", lineID)
            json.member("sku", sku)
            json.member("name", optional: name)
            json.member("quantity", quantity)
            json.member("promisedAt", optional: promisedAt)
            json.member("promisedBefore", optional: promisedBefore)
            json.member("deliverTo", optional: deliverTo?.description)
            if inStock { json.member("inStock", true) }
            if preorder { json.member("preorder", true) }
            json.endObject()
        }
    }
}

extension JSONWriter {
    mutating func lines(_ lines: [Event.Line]) {
        list("lines", lines) { json, line in line.write(to: &json) }
    }
}
