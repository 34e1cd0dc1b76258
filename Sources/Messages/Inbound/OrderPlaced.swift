package import Commerce

/// `order.placed`: a new order. Natural key: channel and order id.
package struct OrderPlaced: InboundBody {
    /// Its `placedAt` is never later than the receipt.
    package var order: PlacedOrder
    /// `placedAt` as the channel wrote it.
    package var claimedAt: Timestamp

    package init(order: PlacedOrder, claimedAt: Timestamp? = nil) {
        self.order = order
        self.claimedAt = claimedAt ?? order.placedAt
    }

    package var type: InboundType { .orderPlaced }
    package var senderID: String { order.orderID }

    package func write(to json: inout JSONWriter) { order.write(to: &json, placedAt: claimedAt) }
}

extension PlacedOrder {
    /// The body of the `order.placed` that tells of this order, compact; also how an order is stored.
    package func json() -> [UInt8] {
        var writer = JSONWriter(capacity: 256 + lines.count * 160)
        write(to: &writer, placedAt: placedAt)
        return writer.bytes
    }

    /// Reads what `json()` wrote, under the same rules as any received order.
    package init(json: [UInt8]) throws(MessageRefusal) {
        var reader = JSONReader(json)
        self = try reader.placedOrder(receivedAt: Timestamp(rawValue: .max)).order
        try reader.finish()
    }

    func write(to json: inout JSONWriter, placedAt: Timestamp) {
        json.beginObject()
        json.member("channel", channel)
        json.member("orderId", orderID)
        json.member("placedAt", placedAt)
        json.member("currency", currency)
        json.member("pricesIncludeTax", pricesIncludeTax)
        json.key("customer")
        customer.write(to: &json)
        json.key("shippingAddress")
        shippingAddress.write(to: &json)
        if let billingAddress {
            json.key("billingAddress")
            billingAddress.write(to: &json)
        }
        json.list("lines", lines) { json, line in line.write(to: &json) }
        if let shipping {
            json.key("shipping")
            shipping.write(to: &json)
        }
        if !discounts.isEmpty { json.list("discounts", discounts) { json, discount in discount.write(to: &json) } }
        json.member("total", total)
        if !payments.isEmpty { json.list("payments", payments) { json, payment in payment.write(to: &json) } }
        json.member("basketId", optional: basketID)
        json.member("promisedBy", optional: promisedBy)
        if acceptPartial { json.member("acceptPartial", true) }
        json.endObject()
    }
}

extension Customer {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", optional: id)
        json.member("name", name)
        json.member("email", email)
        json.member("locale", optional: locale)
        json.member("phone", optional: phone)
        json.member("vatId", optional: vatID)
        json.member("reference", optional: reference)
        json.attributes(attributes)
        json.endObject()
    }
}

extension Address {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("name", name)
        json.member("street", street)
        json.member("postalCode", postalCode)
        json.member("city", city)
        json.member("country", country)
        json.member("region", optional: region)
        json.members(coordinates)
        json.endObject()
    }
}

extension JSONWriter {
    /// Nothing where there are none; in the order of their names' bytes, so that the same order has one text.
    mutating func attributes(_ attributes: [String: String]) {
        guard !attributes.isEmpty else { return }
        key("attributes")
        beginObject()
        for name in attributes.keys.map(ByteString.init).sorted() {
            key(any: name.text)
            string(attributes[name.text] ?? "")
        }
        endObject()
    }

    mutating func members(_ coordinates: Coordinates?) {
        guard let coordinates else { return }
        key("latitude")
        double(coordinates.latitude)
        key("longitude")
        double(coordinates.longitude)
    }
}

extension OrderLine {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("lineId", lineID)
        json.member("sku", sku)
        json.member("name", name)
        json.member("quantity", quantity)
        json.member("unitPrice", unitPrice)
        json.member("taxRate", taxRate.description)
        json.member("taxCategory", optional: taxCategory?.rawValue)
        json.attributes(attributes)
        json.member("weightGrams", optional: weightGrams)
        json.member("location", optional: location)
        json.endObject()
    }
}

extension ShippingCharge {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("method", method)
        json.member("price", price)
        json.member("taxRate", taxRate.description)
        json.member("pickupLocation", optional: pickupLocation)
        json.endObject()
    }
}

extension Discount {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("name", name)
        json.member("amount", amount)
        json.member("lineId", optional: lineID)
        json.endObject()
    }
}

extension OrderPayment {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("paymentId", paymentID)
        json.member("method", method)
        json.member("status", status.rawValue)
        json.member("amount", amount)
        json.endObject()
    }
}
