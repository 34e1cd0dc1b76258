/// How a location works, as only the network file says: `location.defined` describes the place and leaves these alone.
package struct LocationTerms: Hashable, Sendable, Codable {
    /// Minutes after local midnight: what is requested before it is handled the same working day. `nil`: no cut-off.
    package var cutOffMinute: Int64?
    /// 1 Monday to 7 Sunday; `nil`: the calendar of its country, else Monday to Friday.
    package var workingDays: [Int]?
    /// Which transit table tells its delivery days; `nil`: the table without a carrier, if there is one.
    package var carrier: String?
    /// Minor units per started kilogram, beside `parcelCost`.
    package var costPerKilogram: Int64?
    /// Minor units per started 100 km, beside `parcelCost`.
    package var costPer100Kilometers: Int64?
    /// How long it may leave a request unanswered (neither accepted, rejected nor shipped) before it is sourced elsewhere.
    package var answerWithinMinutes: Int64?
    /// The feed interval it owes; `nil`: its supplier's.
    package var feedIntervalMinutes: Int64?
    /// Days from an order to its goods on the shelf here; `nil`: its supplier's.
    package var leadTimeDays: Int64?
    /// Ships only for customers of these ids; empty: for all.
    package var customers: [String]
    /// Free properties that fences compare with line attributes: `coldChain: "yes"`.
    package var attributes: [String: String]
    /// A location to be cleared: objective `markdown` prefers it.
    package var markdown: Bool
    /// Region within its country, for fences: a code of the operator's choice.
    package var region: String?

    package init(
        cutOffMinute: Int64? = nil,
        workingDays: [Int]? = nil,
        carrier: String? = nil,
        costPerKilogram: Int64? = nil,
        costPer100Kilometers: Int64? = nil,
        answerWithinMinutes: Int64? = nil,
        feedIntervalMinutes: Int64? = nil,
        leadTimeDays: Int64? = nil,
        customers: [String] = [],
        attributes: [String: String] = [:],
        markdown: Bool = false,
        region: String? = nil
    ) {
        self.cutOffMinute = cutOffMinute
        self.workingDays = workingDays
        self.carrier = carrier
        self.costPerKilogram = costPerKilogram
        self.costPer100Kilometers = costPer100Kilometers
        self.answerWithinMinutes = answerWithinMinutes
        self.feedIntervalMinutes = feedIntervalMinutes
        self.leadTimeDays = leadTimeDays
        self.customers = customers
        self.attributes = attributes
        self.markdown = markdown
        self.region = region
    }

    /// Whether the location ships for a customer.
    package func serves(_ customer: String?) -> Bool {
        guard !customers.isEmpty else { return true }
        guard let customer else { return false }
        return customers.contains { ExactID.same($0, customer) }
    }
}
