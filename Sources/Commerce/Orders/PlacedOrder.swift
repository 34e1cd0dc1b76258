/// What a channel tells of a new order: `order.placed`, checked field by field but not yet against the network.
///
/// All amounts are in the currency's minor unit.
package struct PlacedOrder: Hashable, Sendable {
    package var channel: String
    package var orderID: String
    package var placedAt: Timestamp
    package var currency: String
    package var pricesIncludeTax: Bool
    package var customer: Customer
    package var shippingAddress: Address
    /// `nil` where it is the shipping address.
    package var billingAddress: Address?
    /// 1 to 5,000; a line's place in this list is its line number everywhere else.
    package var lines: [OrderLine]
    package var shipping: ShippingCharge?
    package var discounts: [Discount]
    /// What the customer pays, tax included.
    package var total: Int64
    package var payments: [OrderPayment]
    package var basketID: String?
    package var promisedBy: Timestamp?
    /// `false`: nothing is reserved until everything can be.
    package var acceptPartial: Bool

    package init(
        channel: String,
        orderID: String,
        placedAt: Timestamp,
        currency: String,
        pricesIncludeTax: Bool,
        customer: Customer,
        shippingAddress: Address,
        billingAddress: Address? = nil,
        lines: [OrderLine],
        shipping: ShippingCharge? = nil,
        discounts: [Discount] = [],
        total: Int64,
        payments: [OrderPayment] = [],
        basketID: String? = nil,
        promisedBy: Timestamp? = nil,
        acceptPartial: Bool = false
    ) {
        self.channel = channel
        self.orderID = orderID
        self.placedAt = placedAt
        self.currency = currency
        self.pricesIncludeTax = pricesIncludeTax
        self.customer = customer
        self.shippingAddress = shippingAddress
        self.billingAddress = billingAddress
        self.lines = lines
        self.shipping = shipping
        self.discounts = discounts
        self.total = total
        self.payments = payments
        self.basketID = basketID
        self.promisedBy = promisedBy
        self.acceptPartial = acceptPartial
    }
}

/// Who buys. A guest has no id.
package struct Customer: Hashable, Sendable {
    package var id: String?
    package var name: String
    package var email: String
    /// BCP 47, as the channel sent it; `nil` means the channel's.
    package var locale: String?
    package var phone: String?
    /// The buyer's VAT number, with its country prefix.
    package var vatID: String?
    /// The buyer's own reference, for invoices.
    package var reference: String?
    /// For routing rules.
    package var attributes: [String: String]

    package init(
        id: String? = nil,
        name: String,
        email: String,
        locale: String? = nil,
        phone: String? = nil,
        vatID: String? = nil,
        reference: String? = nil,
        attributes: [String: String] = [:]
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.locale = locale
        self.phone = phone
        self.vatID = vatID
        self.reference = reference
        self.attributes = attributes
    }
}

/// A postal address, with coordinates where somebody knew them.
package struct Address: Hashable, Sendable, Codable {
    package var name: String
    package var street: String
    package var postalCode: String
    package var city: String
    /// ISO 3166-1 alpha-2.
    package var country: String
    /// Within the country, as the channel calls it: for routing rules.
    package var region: String?
    package var coordinates: Coordinates?

    package init(
        name: String,
        street: String,
        postalCode: String,
        city: String,
        country: String,
        region: String? = nil,
        coordinates: Coordinates? = nil
    ) {
        self.name = name
        self.street = street
        self.postalCode = postalCode
        self.city = city
        self.country = country
        self.region = region
        self.coordinates = coordinates
    }
}

/// One position of an order.
package struct OrderLine: Hashable, Sendable {
    package var lineID: String
    package var sku: String
    package var name: String
    /// 1 to 1,000,000.
    package var quantity: Int64
    /// Minor units, at most 10^12; with or without tax as the order's `pricesIncludeTax` says.
    package var unitPrice: Int64
    package var taxRate: TaxRate
    /// EN 16931 tax category code; `nil` where the default applies.
    package var taxCategory: TaxCategory?
    /// For routing rules.
    package var attributes: [String: String]
    package var weightGrams: Int64?
    /// A till sale: handed over on the spot at this location.
    package var location: String?

    package init(
        lineID: String,
        sku: String,
        name: String,
        quantity: Int64,
        unitPrice: Int64,
        taxRate: TaxRate,
        taxCategory: TaxCategory? = nil,
        attributes: [String: String] = [:],
        weightGrams: Int64? = nil,
        location: String? = nil
    ) {
        self.lineID = lineID
        self.sku = sku
        self.name = name
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.taxRate = taxRate
        self.taxCategory = taxCategory
        self.attributes = attributes
        self.weightGrams = weightGrams
        self.location = location
    }
}

/// What the customer pays for shipping, and how it travels.
package struct ShippingCharge: Hashable, Sendable {
    package var method: String
    /// Minor units, at most 10^12.
    package var price: Int64
    package var taxRate: TaxRate
    /// The store where the customer picks the order up; `nil` for delivery.
    package var pickupLocation: String?

    package init(method: String, price: Int64, taxRate: TaxRate, pickupLocation: String? = nil) {
        self.method = method
        self.price = price
        self.taxRate = taxRate
        self.pickupLocation = pickupLocation
    }
}

/// An amount taken off one line, or off the whole order where no line is named. Same tax treatment as the prices.
package struct Discount: Hashable, Sendable {
    package var name: String
    /// Minor units, not negative.
    package var amount: Int64
    package var lineID: String?

    package init(name: String, amount: Int64, lineID: String? = nil) {
        self.name = name
        self.amount = amount
        self.lineID = lineID
    }
}

/// A payment the channel names with the order.
package struct OrderPayment: Hashable, Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case pending, authorized, captured
    }

    package var paymentID: String
    package var method: String
    package var status: Status
    package var amount: Int64

    package init(paymentID: String, method: String, status: Status, amount: Int64) {
        self.paymentID = paymentID
        self.method = method
        self.status = status
        self.amount = amount
    }
}
