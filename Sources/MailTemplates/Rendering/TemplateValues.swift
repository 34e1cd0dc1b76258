internal import Commerce

/// What a mail's templates can name, as Mustache takes it. Templates/README.md lists the names for whoever writes templates.
struct TemplateValues {
    /// A list longer than this ends with "and so many more": mail programs clip long mails.
    private static let longestList = 100

    private let context: MailContext
    private let format: MailFormat
    private let locale: LocaleTag

    init(_ context: MailContext, locale: LocaleTag) {
        self.context = context
        self.locale = locale
        format = MailFormat(locale)
    }

    /// - Throws: ``MailTemplateError`` where the order's amounts do not fit into 64 bits; an accepted order's always do.
    func all() throws(MailTemplateError) -> [String: Any] {
        var values: [String: Any] = [
            "locale": locale.description,
            "customer": ["name": PlainText.singleLine(context.order.customer.name)],
            "seller": seller,
            "shippingAddress": address(context.order.shippingAddress),
            "handedOver": context.order.lines.allSatisfy { $0.location != nil },
        ]
        if context.order.shipping?.pickupLocation != nil {
            let place = context.pickupAddress
            values["pickup"] = optional([
                "location": context.pickupLocationName,
                "street": place?.street,
                "cityLine": place.map { cityLine($0.postalCode, $0.city, $0.country) },
            ])
        }
        if let delivery = context.delivery { values["delivery"] = self.delivery(delivery) }
        values["order"] = try order()
        switch context.content {
        case .orderConfirmation: break
        case .orderBackordered(let waiting, let there):
            values["waiting"] = list(waiting)
            if !there.isEmpty { values["there"] = list(there) }
        case .shipmentDispatched(let parcel, let remaining), .shipmentDelivered(let parcel, let remaining):
            values["parcel"] = self.parcel(parcel)
            if !remaining.isEmpty { values["remaining"] = list(remaining) }
        case .invoiceIssued(let invoice): values["invoice"] = self.invoice(invoice)
        case .orderCancelled(let items, let isWholeOrder, let cause):
            values["cancelled"] = list(items)
            values["wholeOrder"] = isWholeOrder
            values["paymentFailed"] = cause == .paymentFailed
        case .pickupReady(let items, let until, let remaining):
            values["ready"] = list(items)
            values["keepUntil"] = format.date(until)
            if !remaining.isEmpty { values["remaining"] = list(remaining) }
        case .pickupExpired(let items): values["expired"] = list(items)
        case .promiseChanged(let items):
            values["later"] = list(items)
            values["dateless"] = context.delivery == nil && items.contains { $0.expected == nil }
        }
        return values
    }

    private func order() throws(MailTemplateError) -> [String: Any] {
        let order = context.order
        let shown = order.lines.prefix(Self.longestList)
        var items: [[String: Any]] = []
        for line in shown {
            var item = self.item(MailItem(line))
            item["amount"] = money(try checked(Amount.product(line.unitPrice, line.quantity)))
            items.append(item)
        }
        let goods = try checked(Amount.sum(order.lines.map { Amount.product($0.unitPrice, $0.quantity) ?? .max }))
        let discounted = try checked(Amount.sum(order.discounts.map(\.amount)))
        let net = try checked(Amount.sum([goods, -discounted, order.shipping?.price ?? 0]))
        var values: [String: Any] = [
            "id": PlainText.singleLine(order.orderID),
            "date": format.date(context.orderDate),
            "items": items,
            "subtotal": money(goods),
            "discounts": order.discounts.map { ["name": PlainText.singleLine($0.name), "amount": money(-$0.amount)] },
            "total": money(order.total),
            "pricesIncludeTax": order.pricesIncludeTax,
        ]
        if order.lines.count > shown.count { values["moreItems"] = format.number(Int64(order.lines.count - shown.count)) }
        if let price = order.shipping?.price { values["shipping"] = money(price) }
        if !order.pricesIncludeTax { values["tax"] = money(try checked(Amount.difference(order.total, net))) }
        return values
    }

    private var seller: [String: Any] {
        let seller = context.seller
        return optional([
            "name": seller.name,
            "street": seller.street,
            "cityLine": cityLine(seller.postalCode, seller.city, seller.country),
            "country": seller.country,
            "vatId": seller.vatID,
            "email": seller.email,
            "phone": seller.phone,
        ])
    }

    /// The country stands there only where it is not the seller's.
    private func address(_ address: Address) -> [String: Any] {
        optional([
            "name": address.name,
            "street": address.street,
            "cityLine": cityLine(address.postalCode, address.city, address.country),
            "country": address.country == context.seller.country ? nil : address.country,
        ])
    }

    private func cityLine(_ postalCode: String, _ city: String, _ country: String) -> String {
        ["AU", "CA", "GB", "IE", "IN", "NZ", "US"].contains(country) ? "\(city) \(postalCode)" : "\(postalCode) \(city)"
    }

    private func parcel(_ parcel: MailParcel) -> [String: Any] {
        let details = optional([
            "carrier": parcel.carrier,
            "trackingNumber": parcel.trackingNumber,
            "trackingUrl": TrackingLink.safe(parcel.trackingURL),
        ])
        return list(parcel.items).merging(details) { items, _ in items }
    }

    /// `from` only where it is another day than `to`.
    private func delivery(_ delivery: DeliveryEstimate) -> [String: Any] {
        var values: [String: Any] = ["to": format.date(delivery.latest)]
        if delivery.earliest < delivery.latest { values["from"] = format.date(delivery.earliest) }
        return values
    }

    private func invoice(_ invoice: MailInvoice) -> [String: Any] {
        [
            "number": PlainText.singleLine(invoice.number),
            "date": format.date(invoice.date),
            "total": money(invoice.total),
            "attached": invoice.isAttached,
        ]
    }

    private func list(_ items: [MailItem]) -> [String: Any] {
        var values: [String: Any] = [
            "items": items.prefix(Self.longestList).map(item), "single": items.count == 1 && items[0].quantity == 1,
        ]
        if items.count > Self.longestList { values["moreItems"] = format.number(Int64(items.count - Self.longestList)) }
        return values
    }

    private func item(_ item: MailItem) -> [String: Any] {
        var values: [String: Any] = [
            "name": PlainText.singleLine(item.name),
            "sku": PlainText.singleLine(item.sku),
            "quantity": format.number(item.quantity),
        ]
        if let day = item.expected { values["expected"] = format.date(day) }
        if item.preorder { values["preorder"] = true }
        return values
    }

    private func money(_ amount: Int64) -> String { format.money(amount, context.order.currency) }

    /// Only what is there and not empty.
    private func optional(_ values: [String: String?]) -> [String: Any] {
        values.compactMapValues { $0.map(PlainText.singleLine) }.filter { !$0.value.isEmpty }
    }

    private func checked(_ amount: Int64?) throws(MailTemplateError) -> Int64 {
        guard let amount else { throw MailTemplateError.amountOutOfRange }
        return amount
    }
}
