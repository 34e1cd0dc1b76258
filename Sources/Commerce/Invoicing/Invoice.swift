/// An invoice as data: a snapshot of who, what and how much, from which XML and PDF are rendered, any time later, the same.
///
/// The terms in parentheses are EN 16931's. All amounts are in the currency's minor unit. It holds:
/// - `totals.lineNet` = Σ `lines.net` (BR-CO-10)
/// - `totals.taxExclusive` = `lineNet` − `allowances` + `charges` (BR-CO-13)
/// - `totals.tax` = Σ `taxes.tax` (BR-CO-14)
/// - `totals.taxInclusive` = `taxExclusive` + `tax` (BR-CO-15)
/// - `totals.payable` = `taxInclusive` − `prepaid` + `rounding` (BR-CO-16)
package struct Invoice: Hashable, Sendable, Codable {
    /// Prefix and 8 digits (BT-1).
    package var number: String
    /// In the seller's time zone (BT-2).
    package var issueDate: CivilDate
    /// When the goods left (BT-72).
    package var deliveryDate: CivilDate
    /// ISO 4217 (BT-5).
    package var currency: String
    package var seller: InvoiceParty
    package var buyer: InvoiceParty
    /// Where the goods went (BG-15).
    package var deliverTo: Address
    package var channel: String
    /// The channel's order id (BT-13, BT-14).
    package var orderID: String
    /// The buyer's own reference (BT-10).
    package var buyerReference: String?
    package var shipmentID: String
    package var lines: [InvoiceLine]
    /// Document level allowances: discounts on the whole order (BG-20).
    package var allowances: [InvoiceAdjustment]
    /// Document level charges: shipping (BG-21).
    package var charges: [InvoiceAdjustment]
    /// One per tax category and rate (BG-23).
    package var taxes: [InvoiceTax]
    package var totals: InvoiceTotals
    /// How it was or will be paid, for the reader; `nil` on account.
    package var paymentMethod: String?
    /// BCP 47 locale in which the document is written for the reader: decides words and number formats.
    package var locale: String

    package init(
        number: String,
        issueDate: CivilDate,
        deliveryDate: CivilDate,
        currency: String,
        seller: InvoiceParty,
        buyer: InvoiceParty,
        deliverTo: Address,
        channel: String,
        orderID: String,
        buyerReference: String?,
        shipmentID: String,
        lines: [InvoiceLine],
        allowances: [InvoiceAdjustment],
        charges: [InvoiceAdjustment],
        taxes: [InvoiceTax],
        totals: InvoiceTotals,
        paymentMethod: String?,
        locale: String
    ) {
        self.number = number
        self.issueDate = issueDate
        self.deliveryDate = deliveryDate
        self.currency = currency
        self.seller = seller
        self.buyer = buyer
        self.deliverTo = deliverTo
        self.channel = channel
        self.orderID = orderID
        self.buyerReference = buyerReference
        self.shipmentID = shipmentID
        self.lines = lines
        self.allowances = allowances
        self.charges = charges
        self.taxes = taxes
        self.totals = totals
        self.paymentMethod = paymentMethod
        self.locale = locale
    }
}

/// A party on an invoice: the seller (BG-4) or the buyer (BG-7).
package struct InvoiceParty: Hashable, Sendable, Codable {
    package var name: String
    package var street: String
    package var postalCode: String
    package var city: String
    package var country: String
    package var vatID: String?
    package var email: String?
    package var phone: String?
    package var contact: String?
    package var iban: String?

    package init(
        name: String,
        street: String,
        postalCode: String,
        city: String,
        country: String,
        vatID: String? = nil,
        email: String? = nil,
        phone: String? = nil,
        contact: String? = nil,
        iban: String? = nil
    ) {
        self.name = name
        self.street = street
        self.postalCode = postalCode
        self.city = city
        self.country = country
        self.vatID = vatID
        self.email = email
        self.phone = phone
        self.contact = contact
        self.iban = iban
    }
}

/// One invoiced position (BG-25).
package struct InvoiceLine: Hashable, Sendable, Codable {
    package var lineID: String
    package var sku: String
    package var name: String
    package var quantity: Int64
    /// The price as the customer saw it, with or without tax as the order says; for the PDF.
    package var shownUnitPrice: Int64
    /// Net of all units before the line's discount: `net` + `discount` (BT-146 times quantity).
    package var netBeforeDiscount: Int64
    /// Net of the line's own discounts (BT-136).
    package var discount: Int64
    /// Net of the line (BT-131).
    package var net: Int64
    package var category: TaxCategory
    package var rate: TaxRate

    package init(
        lineID: String,
        sku: String,
        name: String,
        quantity: Int64,
        shownUnitPrice: Int64,
        netBeforeDiscount: Int64,
        discount: Int64,
        net: Int64,
        category: TaxCategory,
        rate: TaxRate
    ) {
        self.lineID = lineID
        self.sku = sku
        self.name = name
        self.quantity = quantity
        self.shownUnitPrice = shownUnitPrice
        self.netBeforeDiscount = netBeforeDiscount
        self.discount = discount
        self.net = net
        self.category = category
        self.rate = rate
    }
}

/// An allowance or charge of the whole document (BG-20, BG-21), one per name and tax.
package struct InvoiceAdjustment: Hashable, Sendable, Codable {
    package var name: String
    /// Net, not negative.
    package var net: Int64
    package var category: TaxCategory
    package var rate: TaxRate

    package init(name: String, net: Int64, category: TaxCategory, rate: TaxRate) {
        self.name = name
        self.net = net
        self.category = category
        self.rate = rate
    }
}

/// The tax of one category and rate (BG-23).
package struct InvoiceTax: Hashable, Sendable, Codable {
    package var category: TaxCategory
    package var rate: TaxRate
    /// BT-116.
    package var taxable: Int64
    /// BT-117.
    package var tax: Int64

    package init(category: TaxCategory, rate: TaxRate, taxable: Int64, tax: Int64) {
        self.category = category
        self.rate = rate
        self.taxable = taxable
        self.tax = tax
    }
}

/// Document totals (BG-22).
package struct InvoiceTotals: Hashable, Sendable, Codable {
    package var lineNet: Int64
    package var allowances: Int64
    package var charges: Int64
    package var taxExclusive: Int64
    package var tax: Int64
    package var taxInclusive: Int64
    /// What was captured before (BT-113).
    package var prepaid: Int64
    /// BT-114: where the shop rounded differently.
    package var rounding: Int64
    /// BT-115.
    package var payable: Int64

    package init(
        lineNet: Int64,
        allowances: Int64,
        charges: Int64,
        taxExclusive: Int64,
        tax: Int64,
        taxInclusive: Int64,
        prepaid: Int64,
        rounding: Int64,
        payable: Int64
    ) {
        self.lineNet = lineNet
        self.allowances = allowances
        self.charges = charges
        self.taxExclusive = taxExclusive
        self.tax = tax
        self.taxInclusive = taxInclusive
        self.prepaid = prepaid
        self.rounding = rounding
        self.payable = payable
    }
}
