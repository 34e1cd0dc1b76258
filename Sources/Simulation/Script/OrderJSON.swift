internal import Commerce
internal import Messages

/// Writes `order.placed`.
enum OrderJSON {
    static func placed(_ order: PlacedOrder) -> [UInt8] {
        InboundJSON.object(capacity: 700 + order.lines.count * 120) { json in
            json.member("channel", order.channel)
            json.member("orderId", order.orderID)
            json.member("placedAt", order.placedAt)
            json.member("currency", order.currency)
            json.member("pricesIncludeTax", order.pricesIncludeTax)
            json.key("customer")
            customer(order.customer, &json)
            json.key("shippingAddress")
            address(order.shippingAddress, &json)
            if let billing = order.billingAddress {
                json.key("billingAddress")
                address(billing, &json)
            }
            json.list("lines", order.lines) { line($1, &$0) }
            if let shipping = order.shipping {
                json.key("shipping")
                json.beginObject()
                json.member("method", shipping.method)
                json.member("price", shipping.price)
                json.member("taxRate", shipping.taxRate.description)
                json.member("pickupLocation", optional: shipping.pickupLocation)
                json.endObject()
            }
            if !order.discounts.isEmpty {
                json.list("discounts", order.discounts) { json, discount in
                    json.beginObject()
                    json.member("name", discount.name)
                    json.member("amount", discount.amount)
                    json.member("lineId", optional: discount.lineID)
                    json.endObject()
                }
            }
            json.member("total", order.total)
            if !order.payments.isEmpty {
                json.list("payments", order.payments) { json, payment in
                    json.beginObject()
                    json.member("paymentId", payment.paymentID)
                    json.member("method", payment.method)
                    json.member("status", payment.status.rawValue)
                    json.member("amount", payment.amount)
                    json.endObject()
                }
            }
            json.member("basketId", optional: order.basketID)
            json.member("promisedBy", optional: order.promisedBy)
            if order.acceptPartial { json.member("acceptPartial", true) }
        }
    }

    private static func customer(_ customer: Customer, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("id", optional: customer.id)
        json.member("name", customer.name)
        json.member("email", customer.email)
        json.member("locale", optional: customer.locale)
        json.member("phone", optional: customer.phone)
        json.member("vatId", optional: customer.vatID)
        json.member("reference", optional: customer.reference)
        json.endObject()
    }

    private static func address(_ address: Address, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("name", address.name)
        json.member("street", address.street)
        json.member("postalCode", address.postalCode)
        json.member("city", address.city)
        json.member("country", address.country)
        if let coordinates = address.coordinates {
            json.key("latitude")
            json.double(coordinates.latitude)
            json.key("longitude")
            json.double(coordinates.longitude)
        }
        json.endObject()
    }

    private static func line(_ line: OrderLine, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("lineId", line.lineID)
        json.member("sku", line.sku)
        json.member("name", line.name)
        json.member("quantity", line.quantity)
        json.member("unitPrice", line.unitPrice)
        json.member("taxRate", line.taxRate.description)
        json.member("taxCategory", optional: line.taxCategory?.rawValue)
        if !line.attributes.isEmpty {
            json.key("attributes")
            json.beginObject()
            for (key, value) in line.attributes.sorted(by: { $0.key < $1.key }) {
                json.key(any: key)
                json.string(value)
            }
            json.endObject()
        }
        json.member("weightGrams", optional: line.weightGrams)
        json.member("location", optional: line.location)
        json.endObject()
    }
}
