package import Commerce

/// `shipment.dispatched`: goods left a location. Natural key: fulfillment id, shipment id.
package struct ShipmentDispatched: InboundBody {
    package var fulfillmentID: String
    package var shipmentID: String
    package var carrier: String
    package var trackingNumber: String
    package var trackingURL: String?
    package var lines: [LineQuantity]
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        fulfillmentID: String,
        shipmentID: String,
        carrier: String,
        trackingNumber: String,
        trackingURL: String? = nil,
        lines: [LineQuantity],
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.fulfillmentID = fulfillmentID
        self.shipmentID = shipmentID
        self.carrier = carrier
        self.trackingNumber = trackingNumber
        self.trackingURL = trackingURL
        self.lines = lines
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .shipmentDispatched }
    package var senderID: String { shipmentID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("fulfillmentId", fulfillmentID)
        json.member("shipmentId", shipmentID)
        json.member("carrier", carrier)
        json.member("trackingNumber", trackingNumber)
        json.member("trackingUrl", optional: trackingURL)
        json.list("lines", lines) { json, line in line.write(to: &json) }
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

/// `shipment.delivered` and `shipment.failed`: what a carrier says became of a shipment. Natural key: fulfillment id, shipment id, `claimedAt`.
package struct ShipmentEnded: InboundBody {
    package enum Outcome: String, Sendable, CaseIterable {
        case delivered, failed
    }

    package var outcome: Outcome
    package var fulfillmentID: String
    package var shipmentID: String
    package var reason: String?
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    /// Part of the natural key.
    package var claimedAt: Timestamp

    package init(
        outcome: Outcome,
        fulfillmentID: String,
        shipmentID: String,
        reason: String? = nil,
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.outcome = outcome
        self.fulfillmentID = fulfillmentID
        self.shipmentID = shipmentID
        self.reason = reason
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { outcome == .delivered ? .shipmentDelivered : .shipmentFailed }
    package var senderID: String { shipmentID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("fulfillmentId", fulfillmentID)
        json.member("shipmentId", shipmentID)
        json.member("occurredAt", claimedAt)
        json.member("reason", optional: reason)
        json.endObject()
    }
}

private enum DispatchedField: String, FieldName {
    case fulfillmentId, shipmentId, carrier, trackingNumber, trackingUrl, lines, occurredAt
    static let names = FieldNames<Self>()
}

private enum EndedField: String, FieldName {
    case fulfillmentId, shipmentId, occurredAt, reason
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func shipmentDispatched(receivedAt: Timestamp) throws(MessageRefusal) -> ShipmentDispatched {
        var fulfillmentID: String?
        var shipmentID: String?
        var carrier: String?
        var trackingNumber: String?
        var trackingURL: String?
        var lines: [LineQuantity]?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(DispatchedField.names, &object) {
            switch field {
            case .fulfillmentId: fulfillmentID = try id()
            case .shipmentId: shipmentID = try id()
            case .carrier: carrier = try text(1...100)
            case .trackingNumber: trackingNumber = try text(1...100)
            case .trackingUrl: trackingURL = try webAddress()
            case .lines: lines = try lineQuantities()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return ShipmentDispatched(
            fulfillmentID: try required(fulfillmentID, "fulfillmentId"),
            shipmentID: try required(shipmentID, "shipmentId"),
            carrier: try required(carrier, "carrier"),
            trackingNumber: try required(trackingNumber, "trackingNumber"),
            trackingURL: trackingURL,
            lines: try required(lines, "lines"),
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }

    mutating func shipmentEnded(_ outcome: ShipmentEnded.Outcome, receivedAt: Timestamp) throws(MessageRefusal) -> ShipmentEnded {
        var fulfillmentID: String?
        var shipmentID: String?
        var reason: String?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(EndedField.names, &object) {
            switch field {
            case .fulfillmentId: fulfillmentID = try id()
            case .shipmentId: shipmentID = try id()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            case .reason: reason = try self.reason()
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return ShipmentEnded(
            outcome: outcome,
            fulfillmentID: try required(fulfillmentID, "fulfillmentId"),
            shipmentID: try required(shipmentID, "shipmentId"),
            reason: reason,
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }
}
