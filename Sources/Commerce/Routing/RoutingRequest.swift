/// An order that wants stock, with all that routing rules look at.
package struct RoutingRequest: Hashable, Sendable {
    /// What an agent, or the clock, did about a hold.
    package enum Hold: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nothing yet.
        case none
        /// An agent let the order go: it is not held again, but waits.
        case released
        /// The hold's time was over: what its strategy says for then is done.
        case timedOut
    }

    /// What is wanted now.
    package var sourcing: SourcingRequest
    /// Channel id.
    package var channel: String
    /// Of the shipping address, ISO 3166-1 alpha-2.
    package var country: String
    /// Of the shipping address, as the channel calls it.
    package var region: String?
    /// Of the shipping address.
    package var postalCode: String?
    /// Customer id.
    package var customer: String?
    /// What the channel says of the customer.
    package var customerAttributes: [String: String]
    /// All lines of the order, those included of which nothing is wanted now; a line that is missing has no attributes, value and weight.
    package var lines: [RoutingLine]
    /// Of the order's goods, in minor units.
    package var orderValue: Int64
    /// The day by which the order was promised.
    package var promisedBy: CivilDate?
    /// The local day of the decision.
    package var day: CivilDate
    package var hold: Hold
    /// The only locations that may ship, by key: where an agent or a pick-up asks for one; `nil`: all.
    package var onlyLocations: [Int64]?

    package init(
        sourcing: SourcingRequest,
        channel: String,
        country: String,
        region: String? = nil,
        postalCode: String? = nil,
        customer: String? = nil,
        customerAttributes: [String: String] = [:],
        lines: [RoutingLine] = [],
        orderValue: Int64 = 0,
        promisedBy: CivilDate? = nil,
        day: CivilDate,
        hold: Hold = .none,
        onlyLocations: [Int64]? = nil
    ) {
        self.sourcing = sourcing
        self.channel = channel
        self.country = country
        self.region = region
        self.postalCode = postalCode
        self.customer = customer
        self.customerAttributes = customerAttributes
        self.lines = lines
        self.orderValue = orderValue
        self.promisedBy = promisedBy
        self.day = day
        self.hold = hold
        self.onlyLocations = onlyLocations
    }
}

/// What routing rules look at of one order line.
package struct RoutingLine: Hashable, Sendable {
    /// The line's place in its order.
    package var line: Int32
    package var attributes: [String: String]
    /// Of one unit, in minor units.
    package var unitValue: Int64
    /// Of one unit, in grams.
    package var unitGrams: Int64

    package init(line: Int32, attributes: [String: String] = [:], unitValue: Int64 = 0, unitGrams: Int64 = 0) {
        self.line = line
        self.attributes = attributes
        self.unitValue = unitValue
        self.unitGrams = unitGrams
    }
}
