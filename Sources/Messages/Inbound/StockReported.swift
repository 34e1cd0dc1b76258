package import Commerce

/// `stock.reported`: what a location counted, absolutely, as seen at `observedAt`. Natural key: location, sequence, part.
package struct StockReported: InboundBody {
    package enum Mode: String, Sendable, CaseIterable {
        /// What no part names is 0 once all parts are in.
        case full
        /// What is not named keeps its count.
        case partial
    }

    /// One SKU's count.
    package struct Item: Hashable, Sendable {
        package var sku: String
        /// 0 to 10^9.
        package var onHand: Int64

        package init(sku: String, onHand: Int64) {
            self.sku = sku
            self.onHand = onHand
        }
    }

    package var location: String
    package var sequence: Int64
    /// Never later than the receipt.
    package var observedAt: Timestamp
    package var claimedAt: Timestamp
    package var mode: Mode
    /// 1 to `parts`.
    package var part: Int64
    package var parts: Int64
    /// Different SKUs; may be empty.
    package var items: [Item]

    package init(
        location: String,
        sequence: Int64,
        observedAt: Timestamp,
        claimedAt: Timestamp? = nil,
        mode: Mode,
        part: Int64 = 1,
        parts: Int64 = 1,
        items: [Item]
    ) {
        self.location = location
        self.sequence = sequence
        self.observedAt = observedAt
        self.claimedAt = claimedAt ?? observedAt
        self.mode = mode
        self.part = part
        self.parts = parts
        self.items = items
    }

    package var type: InboundType { .stockReported }
    package var senderID: String { "\(sequence)/\(part)" }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("location", location)
        json.member("sequence", sequence)
        json.member("observedAt", claimedAt)
        json.member("mode", mode.rawValue)
        if part != 1 || parts != 1 {
            json.member("part", part)
            json.member("parts", parts)
        }
        json.list("items", items) { json, item in
            json.beginObject()
            json.member("sku", item.sku)
            json.member("onHand", item.onHand)
            json.endObject()
        }
        json.endObject()
    }
}

private enum Field: String, FieldName {
    case location, sequence, observedAt, mode, part, parts, items
    static let names = FieldNames<Self>()
}

private enum ItemField: String, FieldName {
    case sku, onHand
    static let names = FieldNames<Self>()
}

extension JSONReader {
    /// The largest count of one SKU at one place.
    static var maximumCount: Int64 { 1_000_000_000 }

    mutating func stockReported(receivedAt: Timestamp) throws(MessageRefusal) -> StockReported {
        var location: String?
        var sequence: Int64?
        var observedAt: ReportedTime?
        var mode: StockReported.Mode?
        var part: Int64 = 1
        var parts: Int64 = 1
        var items: [StockReported.Item]?
        var object = try beginObject()
        while let field = try nextField(Field.names, &object) {
            switch field {
            case .location: location = try token()
            case .sequence: sequence = try integer(0...Int64.max)
            case .observedAt: observedAt = try pastTime(receivedAt: receivedAt)
            case .mode: mode = try choice(StockReported.Mode.self)
            case .part: part = try integer(1...10_000)
            case .parts: parts = try integer(1...10_000)
            case .items: items = try stockItems()
            }
        }
        let time = try required(observedAt, "observedAt")
        let report = StockReported(
            location: try required(location, "location"),
            sequence: try required(sequence, "sequence"),
            observedAt: time.effective,
            claimedAt: time.claimed,
            mode: try required(mode, "mode"),
            part: part,
            parts: parts,
            items: try required(items, "items")
        )
        guard part <= parts else { throw invalidMember("part", "must not be more than parts") }
        return report
    }

    private mutating func stockItems() throws(MessageRefusal) -> [StockReported.Item] {
        try uniqueList(0...100_000, idName: "sku") { reader throws(MessageRefusal) in
            var sku: String?
            var onHand: Int64?
            var object = try reader.beginObject()
            while let field = try reader.nextField(ItemField.names, &object) {
                switch field {
                case .sku: sku = try reader.id()
                case .onHand: onHand = try reader.integer(0...Self.maximumCount)
                }
            }
            return StockReported.Item(sku: try reader.required(sku, "sku"), onHand: try reader.required(onHand, "onHand"))
        } id: {
            $0.sku
        }
    }
}
