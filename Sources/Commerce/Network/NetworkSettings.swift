/// What the network file says beside sellers, channels, suppliers and locations. Each list is replaced whole by a file that names it.
package struct NetworkSettings: Hashable, Sendable, Codable {
    package var calendars: [WorkCalendar]
    package var transit: [TransitTable]
    package var safetyStock: [SafetyStock]
    package var allotments: [Allotment]
    package var preorders: [Preorder]
    package var freshness: FreshnessRule
    package var fulfillment: FulfillmentRule
    package var pickup: PickupRule
    /// How orders are routed; its two lists, `rules` and `shadowRules` in the file, are replaced each by itself.
    package var rules: RoutingRules
    package var storefront: StorefrontRule
    package var decisions: DecisionRule

    package init(
        calendars: [WorkCalendar] = [],
        transit: [TransitTable] = [],
        safetyStock: [SafetyStock] = [],
        allotments: [Allotment] = [],
        preorders: [Preorder] = [],
        freshness: FreshnessRule = FreshnessRule(),
        fulfillment: FulfillmentRule = FulfillmentRule(),
        pickup: PickupRule = PickupRule(),
        rules: RoutingRules = .standard,
        storefront: StorefrontRule = StorefrontRule(),
        decisions: DecisionRule = DecisionRule()
    ) {
        self.calendars = calendars
        self.transit = transit
        self.safetyStock = safetyStock
        self.allotments = allotments
        self.preorders = preorders
        self.freshness = freshness
        self.fulfillment = fulfillment
        self.pickup = pickup
        self.rules = rules
        self.storefront = storefront
        self.decisions = decisions
    }
}

/// The working days of a country.
package struct WorkCalendar: Hashable, Sendable, Codable {
    /// ISO 3166-1 alpha-2.
    package var country: String
    /// 1 Monday to 7 Sunday.
    package var workingDays: [Int]
    package var holidays: [CivilDate]

    package init(country: String, workingDays: [Int] = [1, 2, 3, 4, 5], holidays: [CivilDate] = []) {
        self.country = country
        self.workingDays = workingDays
        self.holidays = holidays
    }
}

/// How many working days a parcel travels.
package struct TransitTable: Hashable, Sendable, Codable {
    /// Up to so many kilometers of the great circle, that many days.
    package struct Band: Hashable, Sendable, Codable {
        /// `nil` only in the last band: any distance.
        package var kilometers: Int64?
        package var days: Int64

        package init(kilometers: Int64?, days: Int64) {
            self.kilometers = kilometers
            self.days = days
        }
    }

    /// A pair of countries, which goes before the bands.
    package struct Lane: Hashable, Sendable, Codable {
        package var from: String
        package var to: String
        package var days: Int64

        package init(from: String, to: String, days: Int64) {
            self.from = from
            self.to = to
            self.days = days
        }
    }

    /// `nil`: for locations that name no carrier.
    package var carrier: String?
    package var bands: [Band]
    package var lanes: [Lane]

    package init(carrier: String? = nil, bands: [Band], lanes: [Lane] = []) {
        self.carrier = carrier
        self.bands = bands
        self.lanes = lanes
    }
}

/// Units kept back from sale. Of several that match, the most specific one counts: SKU before location before supplier, two of them before one.
package struct SafetyStock: Hashable, Sendable, Codable {
    package var sku: String?
    package var location: String?
    package var supplier: String?
    package var units: Int64

    package init(sku: String? = nil, location: String? = nil, supplier: String? = nil, units: Int64) {
        self.sku = sku
        self.location = location
        self.supplier = supplier
        self.units = units
    }
}

/// Units that only one channel may sell, over all locations.
package struct Allotment: Hashable, Sendable, Codable {
    package enum Size: Hashable, Sendable, Codable {
        /// So many units; what the channel has sold of them since `since` is no longer kept.
        case units(Int64)
        /// That share of what can be sold, in percent, 0 to 100.
        case percent(Int64)
    }

    package var channel: String
    /// `nil`: every SKU.
    package var sku: String?
    package var size: Size
    /// From when on the channel's sales count; `nil`: from the day the file was applied.
    package var since: Timestamp?
    /// From then on others may take what the channel left; `nil`: never.
    package var until: Timestamp?

    package init(channel: String, sku: String? = nil, size: Size, since: Timestamp? = nil, until: Timestamp? = nil) {
        self.channel = channel
        self.sku = sku
        self.size = size
        self.since = since
        self.until = until
    }
}

/// A SKU that may be sold at a location without stock, up to a limit of units that are promised and not there.
package struct Preorder: Hashable, Sendable, Codable {
    package var sku: String
    package var location: String
    package var limit: Int64

    package init(sku: String, location: String, limit: Int64) {
        self.sku = sku
        self.location = location
        self.limit = limit
    }
}

/// What becomes of a location whose stock feed is late.
package struct FreshnessRule: Hashable, Sendable, Codable {
    /// Percent of what is on hand that is kept back for each missed interval.
    package var bufferPercentPerMiss: Int64
    /// After so many missed intervals the location drops out of sourcing until its next feed.
    package var dropAfterMisses: Int64
    /// A count that is off by more than so many percent from what was expected, and by more than `jumpUnits`, is reported as implausible.
    package var jumpPercent: Int64
    package var jumpUnits: Int64

    package init(bufferPercentPerMiss: Int64 = 10, dropAfterMisses: Int64 = 5, jumpPercent: Int64 = 80, jumpUnits: Int64 = 100) {
        self.bufferPercentPerMiss = bufferPercentPerMiss
        self.dropAfterMisses = dropAfterMisses
        self.jumpPercent = jumpPercent
        self.jumpUnits = jumpUnits
    }
}

/// How often a parcel is sourced anew, and how long a location may take to answer.
package struct FulfillmentRule: Hashable, Sendable, Codable {
    /// After so many rejections or time-outs of one order an agent has to look at it.
    package var maximumRounds: Int64
    /// For locations that say nothing else; `nil`: as long as they like.
    package var answerWithinMinutes: Int64?

    package init(maximumRounds: Int64 = 5, answerWithinMinutes: Int64? = nil) {
        self.maximumRounds = maximumRounds
        self.answerWithinMinutes = answerWithinMinutes
    }
}

/// Click and collect.
package struct PickupRule: Hashable, Sendable, Codable {
    /// Why an order is cancelled that nobody collected.
    package static let neverCollected = "never_collected"

    /// Days that goods lie ready before they count as never picked up.
    package var keepDays: Int64

    package init(keepDays: Int64 = 14) { self.keepDays = keepDays }
}
