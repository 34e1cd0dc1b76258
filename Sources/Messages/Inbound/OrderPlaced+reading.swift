internal import Commerce

private enum OrderField: String, FieldName {
    case channel, orderId, placedAt, currency, pricesIncludeTax, customer, shippingAddress, billingAddress, lines, shipping, discounts,
        total
    case payments, basketId, promisedBy, acceptPartial
    static let names = FieldNames<Self>()
}

private enum CustomerField: String, FieldName {
    case id, name, email, locale, phone, vatId, reference, attributes
    static let names = FieldNames<Self>()
}

extension JSONReader {
    /// The body of `order.placed`.
    mutating func placedOrder(receivedAt: Timestamp) throws(MessageRefusal) -> OrderPlaced {
        var channel: String?
        var orderID: String?
        var placedAt: ReportedTime?
        var currency: String?
        var pricesIncludeTax: Bool?
        var customer: Customer?
        var shippingAddress: Address?
        var billingAddress: Address?
        var lines: [OrderLine]?
        var shipping: ShippingCharge?
        var discounts: [Discount] = []
        var total: Int64?
        var payments: [OrderPayment] = []
        var basketID: String?
        var promisedBy: Timestamp?
        var acceptPartial = false
        var object = try beginObject()
        while let field = try nextField(OrderField.names, &object) {
            switch field {
            case .channel: channel = try token()
            case .orderId: orderID = try id()
            case .placedAt: placedAt = try pastTime(receivedAt: receivedAt)
            case .currency: currency = try self.currency()
            case .pricesIncludeTax: pricesIncludeTax = try bool()
            case .customer: customer = try self.customer()
            case .shippingAddress: shippingAddress = try address()
            case .billingAddress: billingAddress = try address()
            case .lines: lines = try orderLines()
            case .shipping: shipping = try shippingCharge()
            case .discounts: discounts = try self.discounts()
            case .total: total = try self.total()
            case .payments: payments = try self.payments()
            case .basketId: basketID = try id()
            case .promisedBy: promisedBy = try time()
            case .acceptPartial: acceptPartial = try bool()
            }
        }
        let claimed = try required(placedAt, "placedAt")
        let delivery = try required(shippingAddress, "shippingAddress")
        let order = PlacedOrder(
            channel: try required(channel, "channel"),
            orderID: try required(orderID, "orderId"),
            placedAt: claimed.effective,
            currency: try required(currency, "currency"),
            pricesIncludeTax: try required(pricesIncludeTax, "pricesIncludeTax"),
            customer: try required(customer, "customer"),
            shippingAddress: delivery,
            billingAddress: billingAddress.flatMap { $0.isIdentical(to: delivery) ? nil : $0 },
            lines: try required(lines, "lines"),
            shipping: shipping,
            discounts: discounts,
            total: try required(total, "total"),
            payments: payments,
            basketID: basketID,
            promisedBy: promisedBy,
            acceptPartial: acceptPartial
        )
        try checkDiscountedLines(of: order)
        try checkPayments(of: order)
        return OrderPlaced(order: order, claimedAt: claimed.claimed)
    }

    /// A discount on one line must name a line that is there.
    private func checkDiscountedLines(of order: PlacedOrder) throws(MessageRefusal) {
        guard order.discounts.contains(where: { $0.lineID != nil }) else { return }
        let lineIDs = Set(order.lines.map { ByteString($0.lineID) })
        for (index, discount) in order.discounts.enumerated() {
            guard let lineID = discount.lineID, !lineIDs.contains(ByteString(lineID)) else { continue }
            throw MessageRefusal(
                .invalidField,
                path: pointer() + "/discounts/\(index)/lineId",
                "The discount names a line that the order does not have."
            )
        }
    }

    /// Payments are together at most the total. At most 100 amounts of at most 10^15 cannot overflow.
    private func checkPayments(of order: PlacedOrder) throws(MessageRefusal) {
        guard order.payments.reduce(0, { $0 + $1.amount }) > order.total else { return }
        throw MessageRefusal(.paymentMismatch, path: pointer() + "/payments", "The payments are together more than the total.")
    }

    private mutating func customer() throws(MessageRefusal) -> Customer {
        var customerID: String?
        var customerName: String?
        var address: String?
        var locale: String?
        var phone: String?
        var vatID: String?
        var reference: String?
        var attributes: [String: String] = [:]
        var object = try beginObject()
        while let field = try nextField(CustomerField.names, &object) {
            switch field {
            case .id: customerID = try id()
            case .name: customerName = try name()
            case .email: address = try email()
            case .locale: locale = try text(1...64)
            case .phone: phone = try text(1...50)
            case .vatId: vatID = try text(1...32)
            case .reference: reference = try text(1...200)
            case .attributes: attributes = try self.attributes()
            }
        }
        return Customer(
            id: customerID,
            name: try required(customerName, "name"),
            email: try required(address, "email"),
            locale: locale,
            phone: phone,
            vatID: vatID,
            reference: reference,
            attributes: attributes
        )
    }
}

extension Address {
    /// Whether both are the same byte by byte; `==` would call two spellings of the same letter equal.
    fileprivate func isIdentical(to other: Address) -> Bool {
        let texts = [
            (name, other.name), (street, other.street), (postalCode, other.postalCode), (city, other.city), (country, other.country),
        ]
        guard region.map(ByteString.init) == other.region.map(ByteString.init) else { return false }
        return coordinates == other.coordinates && texts.allSatisfy { ByteString($0.0) == ByteString($0.1) }
    }
}
