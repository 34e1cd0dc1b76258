/// Everything an operator has told the system about the trade it runs: who sells, through which channels, from where.
package struct Network: Hashable, Sendable {
    package var sellers: [Seller]
    package var channels: [Channel]
    package var suppliers: [Supplier]
    package var locations: [Location]

    package init(
        sellers: [Seller] = [],
        channels: [Channel] = [],
        suppliers: [Supplier] = [],
        locations: [Location] = []
    ) {
        self.sellers = sellers
        self.channels = channels
        self.suppliers = suppliers
        self.locations = locations
    }
}

/// A legal entity that stands on invoices.
package struct Seller: Hashable, Sendable {
    package var id: String
    package var name: String
    package var vatID: String?
    package var street: String
    package var postalCode: String
    package var city: String
    package var country: String
    /// IANA name; decides the date on an invoice.
    package var timeZone: String
    package var email: String?
    package var phone: String?
    package var contact: String?
    package var iban: String?
    /// `[A-Za-z0-9-]{1,16}`, unique: one gapless series of invoice numbers each.
    package var invoicePrefix: String

    package init(
        id: String,
        name: String,
        vatID: String? = nil,
        street: String,
        postalCode: String,
        city: String,
        country: String,
        timeZone: String = "UTC",
        email: String? = nil,
        phone: String? = nil,
        contact: String? = nil,
        iban: String? = nil,
        invoicePrefix: String
    ) {
        self.id = id
        self.name = name
        self.vatID = vatID
        self.street = street
        self.postalCode = postalCode
        self.city = city
        self.country = country
        self.timeZone = timeZone
        self.email = email
        self.phone = phone
        self.contact = contact
        self.iban = iban
        self.invoicePrefix = invoicePrefix
    }
}

/// Where orders come from.
package struct Channel: Hashable, Sendable {
    package enum Invoice: String, Sendable, CaseIterable {
        case onDispatch = "on-dispatch"
        case none
    }

    package enum InvoiceMail: String, Sendable, CaseIterable {
        case attach, none
    }

    package var id: String
    package var seller: String
    package var currency: String
    package var locale: String
    package var timeZone: String
    package var invoice: Invoice
    package var invoiceMail: InvoiceMail
    package var senderEmail: String?

    package init(
        id: String,
        seller: String,
        currency: String,
        locale: String = "en",
        timeZone: String = "UTC",
        invoice: Invoice = .onDispatch,
        invoiceMail: InvoiceMail = .attach,
        senderEmail: String? = nil
    ) {
        self.id = id
        self.seller = seller
        self.currency = currency
        self.locale = locale
        self.timeZone = timeZone
        self.invoice = invoice
        self.invoiceMail = invoiceMail
        self.senderEmail = senderEmail
    }
}

/// Who owns the goods of one or several locations.
package struct Supplier: Hashable, Sendable {
    package var id: String
    package var name: String
    package var priority: Int64
    package var feedIntervalMinutes: Int64?
    /// Days from an order to its goods on the shelf.
    package var leadTimeDays: Int64?

    package init(id: String, name: String, priority: Int64 = 100, feedIntervalMinutes: Int64? = nil, leadTimeDays: Int64? = nil) {
        self.id = id
        self.name = name
        self.priority = priority
        self.feedIntervalMinutes = feedIntervalMinutes
        self.leadTimeDays = leadTimeDays
    }
}

/// A place that holds stock and ships it.
package struct Location: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case warehouse, store, supplier
        case thirdParty = "third-party"
    }

    package var id: String
    package var supplier: String?
    package var kind: Kind
    package var name: String
    package var street: String?
    package var postalCode: String?
    package var city: String?
    package var country: String
    package var timeZone: String
    package var coordinates: Coordinates?
    /// Lower ships first.
    package var priority: Int64
    package var dailyCapacity: Int64?
    package var leadTimeHours: Int64?
    /// Minor units.
    package var parcelCost: Int64?
    /// Whether a durable queue `oms.location.<id>` is bound for it.
    package var queue: Bool
    package var active: Bool

    package init(
        id: String,
        supplier: String? = nil,
        kind: Kind = .warehouse,
        name: String,
        street: String? = nil,
        postalCode: String? = nil,
        city: String? = nil,
        country: String,
        timeZone: String = "UTC",
        coordinates: Coordinates? = nil,
        priority: Int64 = 100,
        dailyCapacity: Int64? = nil,
        leadTimeHours: Int64? = nil,
        parcelCost: Int64? = nil,
        queue: Bool = false,
        active: Bool = true
    ) {
        self.id = id
        self.supplier = supplier
        self.kind = kind
        self.name = name
        self.street = street
        self.postalCode = postalCode
        self.city = city
        self.country = country
        self.timeZone = timeZone
        self.coordinates = coordinates
        self.priority = priority
        self.dailyCapacity = dailyCapacity
        self.leadTimeHours = leadTimeHours
        self.parcelCost = parcelCost
        self.queue = queue
        self.active = active
    }
}
