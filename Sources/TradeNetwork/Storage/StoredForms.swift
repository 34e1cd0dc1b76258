internal import Commerce

struct StoredSeller: StoredForm {
    static let objectName = "seller"

    var id, name, street, postalCode, city, country, timeZone, invoicePrefix: String
    var vatId, email, phone, contact, iban: String?

    init(_ value: Seller) {
        (id, name, street, postalCode) = (value.id, value.name, value.street, value.postalCode)
        (city, country, timeZone, invoicePrefix) = (value.city, value.country, value.timeZone, value.invoicePrefix)
        (vatId, email, phone, contact, iban) = (value.vatID, value.email, value.phone, value.contact, value.iban)
    }

    var value: Seller? {
        Seller(
            id: id,
            name: name,
            vatID: vatId,
            street: street,
            postalCode: postalCode,
            city: city,
            country: country,
            timeZone: timeZone,
            email: email,
            phone: phone,
            contact: contact,
            iban: iban,
            invoicePrefix: invoicePrefix
        )
    }
}

struct StoredChannel: StoredForm {
    static let objectName = "channel"

    var id, seller, currency, locale, timeZone, invoice, invoiceMail: String
    var senderEmail: String?

    init(_ value: Channel) {
        (id, seller, currency, locale, timeZone) = (value.id, value.seller, value.currency, value.locale, value.timeZone)
        (invoice, invoiceMail, senderEmail) = (value.invoice.rawValue, value.invoiceMail.rawValue, value.senderEmail)
    }

    var value: Channel? {
        guard let invoice = Channel.Invoice(rawValue: invoice), let mail = Channel.InvoiceMail(rawValue: invoiceMail) else { return nil }
        return Channel(
            id: id,
            seller: seller,
            currency: currency,
            locale: locale,
            timeZone: timeZone,
            invoice: invoice,
            invoiceMail: mail,
            senderEmail: senderEmail
        )
    }
}

struct StoredSupplier: StoredForm {
    static let objectName = "supplier"

    var id, name: String
    var priority: Int64
    var feedIntervalMinutes: Int64?
    var leadTimeDays: Int64?

    init(_ value: Supplier) {
        (id, name, priority) = (value.id, value.name, value.priority)
        (feedIntervalMinutes, leadTimeDays) = (value.feedIntervalMinutes, value.leadTimeDays)
    }

    var value: Supplier? {
        Supplier(id: id, name: name, priority: priority, feedIntervalMinutes: feedIntervalMinutes, leadTimeDays: leadTimeDays)
    }
}

struct StoredLocation: StoredForm {
    static let objectName = "location"

    var location, kind, name, country, timeZone: String
    var supplier, street, postalCode, city: String?
    var latitude, longitude: Double?
    var priority: Int64
    var dailyCapacity, leadTimeHours, parcelCost: Int64?
    var queue, active: Bool

    init(_ value: Location) {
        (location, kind, name, country) = (value.id, value.kind.rawValue, value.name, value.country)
        (timeZone, supplier, street, postalCode) = (value.timeZone, value.supplier, value.street, value.postalCode)
        (city, latitude, longitude) = (value.city, value.coordinates?.latitude, value.coordinates?.longitude)
        (priority, dailyCapacity, leadTimeHours) = (value.priority, value.dailyCapacity, value.leadTimeHours)
        (parcelCost, queue, active) = (value.parcelCost, value.queue, value.active)
    }

    var value: Location? {
        guard let kind = Location.Kind(rawValue: kind), (latitude == nil) == (longitude == nil) else { return nil }
        var coordinates: Coordinates?
        if let latitude, let longitude { coordinates = Coordinates(latitude: latitude, longitude: longitude) }
        return Location(
            id: location,
            supplier: supplier,
            kind: kind,
            name: name,
            street: street,
            postalCode: postalCode,
            city: city,
            country: country,
            timeZone: timeZone,
            coordinates: coordinates,
            priority: priority,
            dailyCapacity: dailyCapacity,
            leadTimeHours: leadTimeHours,
            parcelCost: parcelCost,
            queue: queue,
            active: active
        )
    }
}
