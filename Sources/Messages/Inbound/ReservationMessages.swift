/// `reservation.requested`: units are to be kept for a basket for a while. Natural key: channel, basket id; the same key again renews
/// the basket's lease, with whatever lines it names now.
package struct ReservationRequested: InboundBody {
    /// Units of one SKU.
    package struct Line: Hashable, Sendable {
        package var sku: String
        /// 1 to 1,000,000.
        package var quantity: Int64

        package init(sku: String, quantity: Int64) {
            self.sku = sku
            self.quantity = quantity
        }
    }

    /// How long a lease lasts where nothing else is said: a quarter of an hour.
    package static let defaultSeconds: Int64 = 900

    package var channel: String
    package var basketID: String
    /// 1 to 5,000 different SKUs.
    package var lines: [Line]
    /// 1 to 86,400.
    package var ttlSeconds: Int64

    package init(channel: String, basketID: String, lines: [Line], ttlSeconds: Int64 = defaultSeconds) {
        self.channel = channel
        self.basketID = basketID
        self.lines = lines
        self.ttlSeconds = ttlSeconds
    }

    package var type: InboundType { .reservationRequested }
    package var senderID: String { basketID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("channel", channel)
        json.member("basketId", basketID)
        json.list("lines", lines) { json, line in
            json.beginObject()
            json.member("sku", line.sku)
            json.member("quantity", line.quantity)
            json.endObject()
        }
        if ttlSeconds != Self.defaultSeconds { json.member("ttlSeconds", ttlSeconds) }
        json.endObject()
    }
}

/// `reservation.released`: a basket's units are needed no longer. Natural key: channel, basket id.
package struct ReservationReleased: InboundBody {
    package var channel: String
    package var basketID: String

    package init(channel: String, basketID: String) {
        self.channel = channel
        self.basketID = basketID
    }

    package var type: InboundType { .reservationReleased }
    package var senderID: String { basketID }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("channel", channel)
        json.member("basketId", basketID)
        json.endObject()
    }
}

private enum RequestField: String, FieldName {
    case channel, basketId, lines, ttlSeconds
    static let names = FieldNames<Self>()
}

private enum LineField: String, FieldName {
    case sku, quantity
    static let names = FieldNames<Self>()
}

private enum ReleaseField: String, FieldName {
    case channel, basketId
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func reservationRequested() throws(MessageRefusal) -> ReservationRequested {
        var channel: String?
        var basketID: String?
        var lines: [ReservationRequested.Line]?
        var ttlSeconds: Int64?
        var object = try beginObject()
        while let field = try nextField(RequestField.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .basketId: basketID = try id()
            case .lines: lines = try reservationLines()
            case .ttlSeconds: ttlSeconds = try integer(1...86_400)
            }
        }
        return ReservationRequested(
            channel: try required(channel, "channel"),
            basketID: try required(basketID, "basketId"),
            lines: try required(lines, "lines"),
            ttlSeconds: ttlSeconds ?? ReservationRequested.defaultSeconds
        )
    }

    mutating func reservationReleased() throws(MessageRefusal) -> ReservationReleased {
        var channel: String?
        var basketID: String?
        var object = try beginObject()
        while let field = try nextField(ReleaseField.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .basketId: basketID = try id()
            }
        }
        return ReservationReleased(channel: try required(channel, "channel"), basketID: try required(basketID, "basketId"))
    }

    /// 1 to 5,000 different SKUs.
    private mutating func reservationLines() throws(MessageRefusal) -> [ReservationRequested.Line] {
        try uniqueList(1...Self.maximumLines, idName: "sku") { reader throws(MessageRefusal) in
            var sku: String?
            var quantity: Int64?
            var object = try reader.beginObject()
            while let field = try reader.nextField(LineField.names, &object) {
                switch field {
                case .sku: sku = try reader.id()
                case .quantity: quantity = try reader.quantity()
                }
            }
            return ReservationRequested.Line(sku: try reader.required(sku, "sku"), quantity: try reader.required(quantity, "quantity"))
        } id: {
            $0.sku
        }
    }
}
