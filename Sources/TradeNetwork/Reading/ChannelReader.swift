internal import Commerce

/// `channels[n]`
enum ChannelReader {
    private static let keys = ["id", "seller", "currency", "locale", "timeZone", "invoice", "invoiceMail", "senderEmail"]

    static func read(_ value: ValueReader) -> (ObjectReader, Channel?)? {
        guard let object = value.object(keys) else { return nil }
        let id = object.text("id", required: true, .id)
        let seller = object.text("seller", required: true, .id)
        let currency = object.text("currency", required: true, .currency)
        let locale = object.text("locale", .locale) ?? "en"
        let timeZone = object.text("timeZone", .timeZone) ?? "UTC"
        let invoice = object.choice("invoice", Channel.Invoice.self) ?? .onDispatch
        let invoiceMail = object.choice("invoiceMail", Channel.InvoiceMail.self) ?? .attach
        let senderEmail = object.text("senderEmail", .email)
        guard let id, let seller, let currency else { return (object, nil) }
        let channel = Channel(
            id: id,
            seller: seller,
            currency: currency,
            locale: locale,
            timeZone: timeZone,
            invoice: invoice,
            invoiceMail: invoiceMail,
            senderEmail: senderEmail
        )
        return (object, channel)
    }
}

/// `suppliers[n]`
enum SupplierReader {
    private static let keys = ["id", "name", "priority", "feedIntervalMinutes", "leadTimeDays"]

    static func read(_ value: ValueReader) -> (ObjectReader, Supplier?)? {
        guard let object = value.object(keys) else { return nil }
        let id = object.text("id", required: true, .id)
        let name = object.text("name", required: true, .line)
        let priority = object.integer("priority", Limits.priority) ?? 100
        let interval = object.integer("feedIntervalMinutes", Limits.minutes)
        let lead = object.integer("leadTimeDays", Limits.leadDays)
        guard let id, let name else { return (object, nil) }
        return (object, Supplier(id: id, name: name, priority: priority, feedIntervalMinutes: interval, leadTimeDays: lead))
    }
}
