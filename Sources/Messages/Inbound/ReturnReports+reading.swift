internal import Commerce

private enum RequestedField: String, FieldName {
    case channel, orderId, returnId, lines, occurredAt
    static let names = FieldNames<Self>()
}

private enum ReceivedField: String, FieldName {
    case channel, returnId, receiptId, location, lines, occurredAt
    static let names = FieldNames<Self>()
}

private enum LineField: String, FieldName {
    case lineId, quantity, reason
    static let names = FieldNames<Self>()
}

private enum ReceivedLineField: String, FieldName {
    case lineId, quantity, condition
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func returnRequested(receivedAt: Timestamp) throws(MessageRefusal) -> ReturnRequested {
        var channel: String?
        var orderID: String?
        var returnID: String?
        var lines: [ReturnRequested.Line]?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(RequestedField.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .orderId: orderID = try id()
            case .returnId: returnID = try id()
            case .lines: lines = try requestedLines()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return ReturnRequested(
            channel: try required(channel, "channel"),
            orderID: try required(orderID, "orderId"),
            returnID: try required(returnID, "returnId"),
            lines: try required(lines, "lines"),
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }

    private mutating func requestedLines() throws(MessageRefusal) -> [ReturnRequested.Line] {
        try uniqueList(1...Self.maximumLines, idName: "lineId") { reader throws(MessageRefusal) in
            var lineID: String?
            var quantity: Int64?
            var reason: String?
            var object = try reader.beginObject()
            while let field = try reader.nextField(LineField.names, &object) {
                switch field {
                case .lineId: lineID = try reader.id()
                case .quantity: quantity = try reader.quantity()
                case .reason: reason = try reader.reason()
                }
            }
            return ReturnRequested.Line(
                lineID: try reader.required(lineID, "lineId"),
                quantity: try reader.required(quantity, "quantity"),
                reason: try reader.required(reason, "reason")
            )
        } id: {
            $0.lineID
        }
    }

    mutating func returnReceived(receivedAt: Timestamp) throws(MessageRefusal) -> ReturnReceived {
        var channel: String?
        var returnID: String?
        var receiptID: String?
        var location: String?
        var lines: [ReturnReceived.Line]?
        var occurredAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(ReceivedField.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .returnId: returnID = try id()
            case .receiptId: receiptID = try id()
            case .location: location = try token()
            case .lines: lines = try receivedLines()
            case .occurredAt: occurredAt = try pastTime(receivedAt: receivedAt)
            }
        }
        let time = try required(occurredAt, "occurredAt")
        return ReturnReceived(
            channel: try required(channel, "channel"),
            returnID: try required(returnID, "returnId"),
            receiptID: try required(receiptID, "receiptId"),
            location: try required(location, "location"),
            lines: try required(lines, "lines"),
            occurredAt: time.effective,
            claimedAt: time.claimed
        )
    }

    private mutating func receivedLines() throws(MessageRefusal) -> [ReturnReceived.Line] {
        try uniqueList(1...Self.maximumLines, idName: "lineId") { reader throws(MessageRefusal) in
            var lineID: String?
            var quantity: Int64?
            var condition: ReturnReceived.Condition?
            var object = try reader.beginObject()
            while let field = try reader.nextField(ReceivedLineField.names, &object) {
                switch field {
                case .lineId: lineID = try reader.id()
                case .quantity: quantity = try reader.quantity()
                case .condition: condition = try reader.choice(ReturnReceived.Condition.self)
                }
            }
            return ReturnReceived.Line(
                lineID: try reader.required(lineID, "lineId"),
                quantity: try reader.required(quantity, "quantity"),
                condition: try reader.required(condition, "condition")
            )
        } id: {
            // One unit of a line may be sellable and the next one broken. A condition has no tab in it, so the two cannot run together.
            $0.condition.rawValue + "\t" + $0.lineID
        }
    }
}
