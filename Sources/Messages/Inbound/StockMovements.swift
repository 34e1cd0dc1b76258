package import Commerce

/// `stock.adjusted`: units found, lost, broken. Natural key: location, adjustment id.
package struct StockAdjusted: InboundBody {
    package var location: String
    package var adjustmentID: String
    package var sku: String
    /// -10^9 to 10^9.
    package var delta: Int64
    package var reason: String
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        location: String,
        adjustmentID: String,
        sku: String,
        delta: Int64,
        reason: String,
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.location = location
        self.adjustmentID = adjustmentID
        self.sku = sku
        self.delta = delta
        self.reason = reason
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .stockAdjusted }
    package var senderID: String { adjustmentID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("location", location)
        json.member("adjustmentId", adjustmentID)
        json.member("sku", sku)
        json.member("delta", delta)
        json.member("reason", reason)
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

/// `stock.blocked`: quality management keeps units from being sold. Natural key: location, block id.
package struct StockBlocked: InboundBody {
    package var location: String
    package var blockID: String
    package var sku: String
    /// 1 to 1,000,000.
    package var quantity: Int64
    package var reason: String
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(
        location: String,
        blockID: String,
        sku: String,
        quantity: Int64,
        reason: String,
        occurredAt: Timestamp,
        claimedAt: Timestamp? = nil
    ) {
        self.location = location
        self.blockID = blockID
        self.sku = sku
        self.quantity = quantity
        self.reason = reason
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .stockBlocked }
    package var senderID: String { blockID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("location", location)
        json.member("blockId", blockID)
        json.member("sku", sku)
        json.member("quantity", quantity)
        json.member("reason", reason)
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

/// `stock.released`: a block ends. Natural key: location, block id.
package struct StockReleased: InboundBody {
    package var location: String
    package var blockID: String
    /// Never later than the receipt.
    package var occurredAt: Timestamp
    package var claimedAt: Timestamp

    package init(location: String, blockID: String, occurredAt: Timestamp, claimedAt: Timestamp? = nil) {
        self.location = location
        self.blockID = blockID
        self.occurredAt = occurredAt
        self.claimedAt = claimedAt ?? occurredAt
    }

    package var type: InboundType { .stockReleased }
    package var senderID: String { blockID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("location", location)
        json.member("blockId", blockID)
        json.member("occurredAt", claimedAt)
        json.endObject()
    }
}

private enum AdjustedField: String, FieldName {
    case location, adjustmentId, sku, delta, reason, occurredAt
    static let names = FieldNames<Self>()
}

private enum BlockField: String, FieldName {
    case location, blockId, sku, quantity, reason, occurredAt
    static let names = FieldNames<Self>()
}

private enum ReleasedField: String, FieldName {
    case location, blockId, occurredAt
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func stockAdjusted(receivedAt: Timestamp) throws(MessageRefusal) -> StockAdjusted {
        var location: String?
        var adjustmentID: String?
        var sku: String?
        var delta: Int64?
        var reason: String?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(AdjustedField.names, &object) {
            switch field {
            case .location: location = try token()
            case .adjustmentId: adjustmentID = try id()
            case .sku: sku = try id()
            case .delta: delta = try integer(-Self.maximumCount...Self.maximumCount)
            case .reason: reason = try self.reason()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return StockAdjusted(
            location: try required(location, "location"),
            adjustmentID: try required(adjustmentID, "adjustmentId"),
            sku: try required(sku, "sku"),
            delta: try required(delta, "delta"),
            reason: try required(reason, "reason"),
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }

    mutating func stockBlocked(receivedAt: Timestamp) throws(MessageRefusal) -> StockBlocked {
        var location: String?
        var blockID: String?
        var sku: String?
        var quantity: Int64?
        var reason: String?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(BlockField.names, &object) {
            switch field {
            case .location: location = try token()
            case .blockId: blockID = try id()
            case .sku: sku = try id()
            case .quantity: quantity = try self.quantity()
            case .reason: reason = try self.reason()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return StockBlocked(
            location: try required(location, "location"),
            blockID: try required(blockID, "blockId"),
            sku: try required(sku, "sku"),
            quantity: try required(quantity, "quantity"),
            reason: try required(reason, "reason"),
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }

    mutating func stockReleased(receivedAt: Timestamp) throws(MessageRefusal) -> StockReleased {
        var location: String?
        var blockID: String?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(ReleasedField.names, &object) {
            switch field {
            case .location: location = try token()
            case .blockId: blockID = try id()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return StockReleased(
            location: try required(location, "location"),
            blockID: try required(blockID, "blockId"),
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }
}
