package import Commerce

/// `stock.expected`: goods on their way to a location, as a purchase order has them. Natural key: location, reference, SKU; the last
/// `updatedAt` wins, since dates and quantities of deliveries change.
package struct StockExpected: InboundBody {
    package var location: String
    /// The purchase order, or whatever else names the delivery.
    package var reference: String
    package var sku: String
    /// Units still to come, 0 to 10^9; 0: nothing any more.
    package var quantity: Int64
    /// May lie in the future, and usually does.
    package var expectedAt: Timestamp
    /// Never later than the receipt; the receipt itself where the sender did not say.
    package var updatedAt: Timestamp
    package var claimedAt: Timestamp?

    /// - Parameter claimedAt: `updatedAt` as its sender wrote it; `nil`: it was not said.
    package init(
        location: String,
        reference: String,
        sku: String,
        quantity: Int64,
        expectedAt: Timestamp,
        updatedAt: Timestamp,
        claimedAt: Timestamp?
    ) {
        self.location = location
        self.reference = reference
        self.sku = sku
        self.quantity = quantity
        self.expectedAt = expectedAt
        self.updatedAt = updatedAt
        self.claimedAt = claimedAt
    }

    package var type: InboundType { .stockExpected }
    package var senderID: String { reference }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("location", location)
        json.member("reference", reference)
        json.member("sku", sku)
        json.member("quantity", quantity)
        json.member("expectedAt", expectedAt)
        json.member("updatedAt", optional: claimedAt)
        json.endObject()
    }
}

private enum Field: String, FieldName {
    case location, reference, sku, quantity, expectedAt, updatedAt
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func stockExpected(receivedAt: Timestamp) throws(MessageRefusal) -> StockExpected {
        var location: String?
        var reference: String?
        var sku: String?
        var quantity: Int64?
        var expectedAt: Timestamp?
        var updatedAt: ReportedTime?
        var object = try beginObject()
        while let field = try nextField(Field.names, &object) {
            switch field {
            case .location: location = try token()
            case .reference: reference = try id()
            case .sku: sku = try id()
            case .quantity: quantity = try integer(0...Self.maximumCount)
            case .expectedAt: expectedAt = try time()
            case .updatedAt: updatedAt = try pastTime(receivedAt: receivedAt)
            }
        }
        return StockExpected(
            location: try required(location, "location"),
            reference: try required(reference, "reference"),
            sku: try required(sku, "sku"),
            quantity: try required(quantity, "quantity"),
            expectedAt: try required(expectedAt, "expectedAt"),
            updatedAt: updatedAt?.effective ?? receivedAt,
            claimedAt: updatedAt?.claimed
        )
    }
}
