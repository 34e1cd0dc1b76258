/// What every message of the world has in common.
///
/// Where a message says when something happened, it has two times: `occurredAt` (or `observedAt`, …) is the one that
/// counts, never later than the receipt; `claimedAt` is the one its sender wrote. Natural keys and digests use the latter, so that a
/// message received again is the same message.
package protocol InboundBody: Hashable, Sendable {
    var type: InboundType { get }

    /// The sender's own name for what it sent: what a reply repeats.
    var senderID: String { get }

    /// Writes the known fields in the contract's order, as one JSON object; what has its default value is left out.
    func write(to json: inout JSONWriter)
}

extension InboundBody {
    /// The message's body as a producer would publish it.
    package func json() -> [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// The content, for telling a repetition from a conflict: the same for any order of keys, white space, spelling of numbers and times, explicit or
    /// implied defaults, unknown fields, envelope and time of receipt.
    package var canonicalBytes: [UInt8] {
        Array(type.rawValue.utf8) + [UInt8(ascii: "\n")] + json()
    }

    /// SHA-256 of `canonicalBytes`, 32 bytes.
    package var contentDigest: [UInt8] { SHA256.digest(canonicalBytes) }
}

/// So many units of one line.
package struct LineQuantity: Hashable, Sendable {
    package var lineID: String
    /// 1 to 1,000,000.
    package var quantity: Int64

    package init(lineID: String, quantity: Int64) {
        self.lineID = lineID
        self.quantity = quantity
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("lineId", lineID)
        json.member("quantity", quantity)
        json.endObject()
    }
}

private enum LineField: String, FieldName {
    case lineId, quantity
    static let names = FieldNames<Self>()
}

extension JSONReader {
    /// How many lines a message may have.
    static var maximumLines: Int { 5_000 }

    /// 1 to 5,000 different lines.
    mutating func lineQuantities() throws(MessageRefusal) -> [LineQuantity] {
        try uniqueList(1...Self.maximumLines, idName: "lineId") { reader throws(MessageRefusal) in
            var lineID: String?
            var quantity: Int64?
            var object = try reader.beginObject()
            while let field = try reader.nextField(LineField.names, &object) {
                switch field {
                case .lineId: lineID = try reader.id()
                case .quantity: quantity = try reader.quantity()
                }
            }
            return LineQuantity(
                lineID: try reader.required(lineID, "lineId"),
                quantity: try reader.required(quantity, "quantity")
            )
        } id: {
            $0.lineID
        }
    }

    /// A list of so many elements.
    mutating func list<Element>(
        _ count: ClosedRange<Int>,
        _ element: (inout JSONReader) throws(MessageRefusal) -> Element
    ) throws(MessageRefusal) -> [Element] {
        var elements: [Element] = []
        var array = try beginArray()
        while try nextElement(&array) {
            guard elements.count < count.upperBound else { throw invalidField("is one more than the \(count.upperBound) that are allowed") }
            elements.append(try element(&self))
        }
        guard elements.count >= count.lowerBound else { throw invalidField("must have at least \(count.lowerBound) element") }
        return elements
    }

    /// A list of so many elements that differ in the id which stands under `idName`.
    mutating func uniqueList<Element>(
        _ count: ClosedRange<Int>,
        idName: String,
        _ element: (inout JSONReader) throws(MessageRefusal) -> Element,
        id: (Element) -> String
    ) throws(MessageRefusal) -> [Element] {
        var ids = UniqueIDs()
        return try list(count) { reader throws(MessageRefusal) in
            let value = try element(&reader)
            guard ids.insert(id(value)) else { throw reader.invalidMember(idName, "is in this list twice") }
            return value
        }
    }
}
