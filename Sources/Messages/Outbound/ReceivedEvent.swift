package import Commerce

/// An event of `oms.events` read back: by the mailing role, by played locations, by tools. Fields that an event's type does not have are `nil`.
package struct ReceivedEvent: Hashable, Sendable {
    package var id: String
    package var type: EventType
    package var source: String
    package var subject: String
    package var time: Timestamp
    /// The event's place among its order's events.
    package var sequence: Int64?

    package var channel: String?
    package var orderID: String?
    package var version: Int64?
    package var fulfillmentID: String?
    package var location: String?
    package var shipmentID: String?
    package var carrier: String?
    package var trackingNumber: String?
    package var trackingURL: String?
    /// An invoice's.
    package var number: String?
    package var reason: String?
    package var lines: [Event.Line] = []
    package var shippingAddress: Address?
    /// Of `order.sourced`.
    package var fulfillments: [Event.OrderSourced.Fulfillment] = []
    /// Of `order.sourced` and `order.promise_changed`: when the goods arrive.
    package var delivery: DeliveryEstimate?
    package var pickupID: String?
    /// Of `pickup.ready`.
    package var keepUntil: Timestamp?
    /// Of `fulfillment.requested`: the store the goods go to.
    package var pickupLocation: String?

    /// Reads the CloudEvents structured JSON of an event.
    package init(json: [UInt8]) throws(MessageRefusal) {
        var id: String?
        var type: EventType?
        var source: String?
        var subject: String?
        var time: Timestamp?
        var data: Range<Int>?
        var reader = JSONReader(json)
        var object = try reader.beginObject()
        while let field = try reader.nextField(EnvelopeField.names, &object) {
            switch field {
            case .id: id = try reader.text(1...2_000)
            case .type: type = try reader.choice(EventType.self)
            case .source: source = try reader.text(1...2_000)
            case .subject: subject = try reader.text(1...2_000)
            case .time: time = try reader.time()
            case .sequence: sequence = try reader.sequence()
            case .data:
                _ = try reader.peekValue()
                let start = reader.position
                try reader.skipValue()
                data = start..<reader.position
            }
        }
        self.id = try reader.required(id, "id")
        self.type = try reader.required(type, "type")
        self.source = try reader.required(source, "source")
        self.subject = try reader.required(subject, "subject")
        self.time = try reader.required(time, "time")
        let range = try reader.required(data, "data")
        try reader.finish()
        var dataReader = JSONReader(json, range: range, depth: 1, pointerPrefix: "/data")
        try readData(&dataReader)
    }

    private var isOfBasket: Bool {
        switch type {
        case .reservationGranted, .reservationRefused, .reservationReleased, .reservationExpired: true
        default: false
        }
    }

    private mutating func readData(_ reader: inout JSONReader) throws(MessageRefusal) {
        var (deliverFrom, deliverTo): (CivilDate?, CivilDate?)
        var object = try reader.beginObject()
        while let field = try reader.nextField(DataField.names, &object) {
            switch field {
            case .channel: channel = try reader.token()
            case .orderId: orderID = try reader.id()
            case .version: version = try reader.integer(0...Int64.max)
            case .fulfillmentId: fulfillmentID = try reader.id()
            case .location: location = try reader.token()
            case .shipmentId: shipmentID = try reader.id()
            case .carrier: carrier = try reader.text(0...100)
            case .trackingNumber: trackingNumber = try reader.text(0...100)
            case .trackingUrl: trackingURL = try reader.webAddress()
            case .number: number = try reader.id()
            case .reason: reason = try reader.reason()
            // A basket's lines have no ids: it is no order yet.
            case .lines: if isOfBasket { try reader.skipValue() } else { lines = try reader.eventLines() }
            case .shippingAddress: shippingAddress = try reader.address()
            case .fulfillments: fulfillments = try reader.eventFulfillments()
            case .pickupId: pickupID = try reader.id()
            case .keepUntil: keepUntil = try reader.time()
            case .pickupLocation: pickupLocation = try reader.token()
            case .deliverFrom: deliverFrom = try reader.day()
            case .deliverTo: deliverTo = try reader.day()
            }
        }
        delivery = DeliveryEstimate(from: deliverFrom, to: deliverTo)
    }
}

private enum EnvelopeField: String, FieldName {
    case id, type, source, subject, time, sequence, data
    static let names = FieldNames<Self>()
}

private enum DataField: String, FieldName {
    case channel, orderId, version, fulfillmentId, location, shipmentId, carrier, trackingNumber, trackingUrl, number, reason, lines
    case shippingAddress, fulfillments, pickupId, keepUntil, pickupLocation, deliverFrom, deliverTo
    static let names = FieldNames<Self>()
}

private enum LineField: String, FieldName {
    case lineId, sku, name, quantity, promisedAt, promisedBefore, deliverTo, inStock, preorder
    static let names = FieldNames<Self>()
}

private enum FulfillmentField: String, FieldName {
    case fulfillmentId, location, lines, deliverFrom, deliverTo
    static let names = FieldNames<Self>()
}

extension JSONReader {
    fileprivate mutating func sequence() throws(MessageRefusal) -> Int64 {
        let digits = try text(10...10)
        guard digits.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }), let number = Int64(digits) else {
            throw invalidField("must be a string of 10 digits")
        }
        return number
    }

    fileprivate mutating func eventLines() throws(MessageRefusal) -> [Event.Line] {
        try list(0...Self.maximumLines) { reader throws(MessageRefusal) in
            var lineID: String?
            var sku: String?
            var lineName: String?
            var quantity: Int64?
            var promisedAt: Timestamp?
            var promisedBefore: Timestamp?
            var deliverTo: CivilDate?
            var (inStock, preorder) = (false, false)
            var object = try reader.beginObject()
            while let field = try reader.nextField(LineField.names, &object) {
                switch field {
                case .lineId: lineID = try reader.id()
                case .sku: sku = try reader.id()
                case .name: lineName = try reader.name()
                case .quantity: quantity = try reader.quantity()
                case .promisedAt: promisedAt = try reader.time()
                case .promisedBefore: promisedBefore = try reader.time()
                case .deliverTo: deliverTo = try reader.day()
                case .inStock: inStock = try reader.bool()
                case .preorder: preorder = try reader.bool()
                }
            }
            return Event.Line(
                lineID: try reader.required(lineID, "lineId"),
                sku: try reader.required(sku, "sku"),
                name: lineName,
                quantity: try reader.required(quantity, "quantity"),
                promisedAt: promisedAt,
                promisedBefore: promisedBefore,
                deliverTo: deliverTo,
                inStock: inStock,
                preorder: preorder
            )
        }
    }

    fileprivate mutating func eventFulfillments() throws(MessageRefusal) -> [Event.OrderSourced.Fulfillment] {
        try list(0...Self.maximumLines) { reader throws(MessageRefusal) in
            var fulfillmentID: String?
            var location: String?
            var lines: [Event.Line]?
            var (deliverFrom, deliverTo): (CivilDate?, CivilDate?)
            var object = try reader.beginObject()
            while let field = try reader.nextField(FulfillmentField.names, &object) {
                switch field {
                case .fulfillmentId: fulfillmentID = try reader.id()
                case .location: location = try reader.token()
                case .lines: lines = try reader.eventLines()
                case .deliverFrom: deliverFrom = try reader.day()
                case .deliverTo: deliverTo = try reader.day()
                }
            }
            return Event.OrderSourced.Fulfillment(
                fulfillmentID: try reader.required(fulfillmentID, "fulfillmentId"),
                location: try reader.required(location, "location"),
                lines: try reader.required(lines, "lines"),
                delivery: DeliveryEstimate(from: deliverFrom, to: deliverTo)
            )
        }
    }
}
