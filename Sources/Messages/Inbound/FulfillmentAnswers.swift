package import Commerce

/// `fulfillment.accepted`: a location takes a parcel on. Natural key: fulfillment id.
package struct FulfillmentAccepted: InboundBody {
    package var fulfillmentID: String
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(fulfillmentID: String, occurredAt: Timestamp, claimedAt: Timestamp? = nil) {
        self.fulfillmentID = fulfillmentID
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .fulfillmentAccepted }
    package var senderID: String { fulfillmentID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("fulfillmentId", fulfillmentID)
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

/// `fulfillment.rejected`: a location cannot ship a parcel, or some units of it. Natural key: fulfillment id, rejection id.
package struct FulfillmentRejected: InboundBody {
    package enum Reason: String, Sendable, CaseIterable {
        case outOfStock = "out_of_stock"
        case damaged, capacity, other
    }

    package var fulfillmentID: String
    package var rejectionID: String
    package var reason: Reason
    /// `nil`: all that is still open.
    package var lines: [LineQuantity]?
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        fulfillmentID: String,
        rejectionID: String,
        reason: Reason,
        lines: [LineQuantity]? = nil,
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.fulfillmentID = fulfillmentID
        self.rejectionID = rejectionID
        self.reason = reason
        self.lines = lines
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .fulfillmentRejected }
    package var senderID: String { rejectionID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("fulfillmentId", fulfillmentID)
        json.member("rejectionId", rejectionID)
        json.member("reason", reason.rawValue)
        if let lines { json.list("lines", lines) { json, line in line.write(to: &json) } }
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

private enum AcceptedField: String, FieldName {
    case fulfillmentId, occurredAt
    static let names = FieldNames<Self>()
}

private enum RejectedField: String, FieldName {
    case fulfillmentId, rejectionId, reason, lines, occurredAt
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func fulfillmentAccepted(receivedAt: Timestamp) throws(MessageRefusal) -> FulfillmentAccepted {
        var fulfillmentID: String?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(AcceptedField.names, &object) {
            switch field {
            case .fulfillmentId: fulfillmentID = try id()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return FulfillmentAccepted(
            fulfillmentID: try required(fulfillmentID, "fulfillmentId"),
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }

    mutating func fulfillmentRejected(receivedAt: Timestamp) throws(MessageRefusal) -> FulfillmentRejected {
        var fulfillmentID: String?
        var rejectionID: String?
        var reason: FulfillmentRejected.Reason?
        var lines: [LineQuantity]?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(RejectedField.names, &object) {
            switch field {
            case .fulfillmentId: fulfillmentID = try id()
            case .rejectionId: rejectionID = try id()
            case .reason: reason = try choice(FulfillmentRejected.Reason.self)
            case .lines: lines = try lineQuantities()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return FulfillmentRejected(
            fulfillmentID: try required(fulfillmentID, "fulfillmentId"),
            rejectionID: try required(rejectionID, "rejectionId"),
            reason: try required(reason, "reason"),
            lines: lines,
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }
}
