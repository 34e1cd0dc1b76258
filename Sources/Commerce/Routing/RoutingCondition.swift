/// For which orders a strategy is. Every part that is given must hold; of a list, one entry must. Empty: every order.
package struct RoutingCondition: Hashable, Sendable, Codable {
    /// Channel ids.
    package var channels: [String]
    /// Countries of the shipping address, ISO 3166-1 alpha-2.
    package var countries: [String]
    /// Regions of the shipping address; case and spaces around do not count.
    package var regions: [String]
    /// Beginnings of the shipping address's postal code, compared byte by byte.
    package var postalCodePrefixes: [String]
    /// Customer ids.
    package var customers: [String]
    /// Of the customer; all of them must hold. `nil`: any customer.
    package var customerAttributes: [CustomerAttributeCondition]?
    /// All of them must hold.
    package var lineAttributes: [LineAttributeCondition]
    /// Of the order's goods, in minor units; `nil`: any.
    package var orderValue: OrderValueRange?
    /// The local day of the decision, 1 Monday to 7 Sunday.
    package var weekdays: [Int]

    package init(
        channels: [String] = [],
        countries: [String] = [],
        regions: [String] = [],
        postalCodePrefixes: [String] = [],
        customers: [String] = [],
        customerAttributes: [CustomerAttributeCondition]? = nil,
        lineAttributes: [LineAttributeCondition] = [],
        orderValue: OrderValueRange? = nil,
        weekdays: [Int] = []
    ) {
        self.channels = channels
        self.countries = countries
        self.regions = regions
        self.postalCodePrefixes = postalCodePrefixes
        self.customers = customers
        self.customerAttributes = customerAttributes
        self.lineAttributes = lineAttributes
        self.orderValue = orderValue
        self.weekdays = weekdays
    }
}

/// What an attribute of the order's customer must be.
package struct CustomerAttributeCondition: Hashable, Sendable, Codable {
    package var name: String
    /// One of these; empty: whatever value the attribute has.
    package var values: [String]

    package init(name: String, values: [String] = []) {
        self.name = name
        self.values = values
    }
}

/// What the attributes of an order's lines must be.
package struct LineAttributeCondition: Hashable, Sendable, Codable {
    package enum Scope: String, Hashable, Sendable, Codable, CaseIterable {
        /// One line is enough.
        case any
        /// Every line.
        case all
    }

    package var name: String
    /// One of these; empty: whatever value the attribute has.
    package var values: [String]
    package var scope: Scope

    package init(name: String, values: [String] = [], scope: Scope = .any) {
        self.name = name
        self.values = values
        self.scope = scope
    }
}

/// A range of order values in minor units, both ends included; an end that is `nil` is open.
package struct OrderValueRange: Hashable, Sendable, Codable {
    package var from: Int64?
    package var to: Int64?

    package init(from: Int64? = nil, to: Int64? = nil) {
        self.from = from
        self.to = to
    }

    /// Whether the value lies in the range.
    package func contains(_ value: Int64) -> Bool {
        if let from, value < from { return false }
        if let to, value > to { return false }
        return true
    }
}
