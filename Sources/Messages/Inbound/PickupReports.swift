package import Commerce

/// `pickup.ready`: a store keeps goods ready to be collected. Natural key: channel, order id, pickup id.
package struct PickupReady: InboundBody {
    /// What a store that makes an order ready once need not say.
    package static let onlyID = "1"

    package var channel: String
    package var orderID: String
    package var pickupID: String
    package var location: String
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        channel: String,
        orderID: String,
        pickupID: String = onlyID,
        location: String,
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.channel = channel
        self.orderID = orderID
        self.pickupID = pickupID
        self.location = location
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .pickupReady }
    package var senderID: String { pickupID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("channel", channel)
        json.member("orderId", orderID)
        json.member("pickupId", pickupID)
        json.member("location", location)
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

/// `pickup.collected`: the customer has collected the order, or some units of it. Natural key: channel, order id, pickup id.
package struct PickupCollected: InboundBody {
    package var channel: String
    package var orderID: String
    package var pickupID: String
    /// `nil`: all that is at the store.
    package var lines: [LineQuantity]?
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        channel: String,
        orderID: String,
        pickupID: String = PickupReady.onlyID,
        lines: [LineQuantity]? = nil,
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.channel = channel
        self.orderID = orderID
        self.pickupID = pickupID
        self.lines = lines
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .pickupCollected }
    package var senderID: String { pickupID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("channel", channel)
        json.member("orderId", orderID)
        json.member("pickupId", pickupID)
        if let lines { json.list("lines", lines) { json, line in line.write(to: &json) } }
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

private enum ReadyField: String, FieldName {
    case channel, orderId, pickupId, location, occurredAt
    static let names = FieldNames<Self>()
}

private enum CollectedField: String, FieldName {
    case channel, orderId, pickupId, lines, occurredAt
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func pickupReady(receivedAt: Timestamp) throws(MessageRefusal) -> PickupReady {
        var channel: String?
        var orderID: String?
        var pickupID: String?
        var location: String?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(ReadyField.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .orderId: orderID = try id()
            case .pickupId: pickupID = try id()
            case .location: location = try token()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return PickupReady(
            channel: try required(channel, "channel"),
            orderID: try required(orderID, "orderId"),
            pickupID: pickupID ?? PickupReady.onlyID,
            location: try required(location, "location"),
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }

    mutating func pickupCollected(receivedAt: Timestamp) throws(MessageRefusal) -> PickupCollected {
        var channel: String?
        var orderID: String?
        var pickupID: String?
        var lines: [LineQuantity]?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(CollectedField.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .orderId: orderID = try id()
            case .pickupId: pickupID = try id()
            case .lines: lines = try lineQuantities()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return PickupCollected(
            channel: try required(channel, "channel"),
            orderID: try required(orderID, "orderId"),
            pickupID: pickupID ?? PickupReady.onlyID,
            lines: lines,
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }
}
