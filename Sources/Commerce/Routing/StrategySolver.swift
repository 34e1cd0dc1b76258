/// Answers one order under one strategy; keeps its working memory in between, so that an order costs few allocations.
///
/// "Place" is a location's place in `SourcingLocations.all`; "candidate" its place among those that are within the fences and have
/// something, best ranked first; "item" what lines have in common whose units need not be told apart; "pack" one item, or
/// several that ship from one location together; "position" a candidate's place in a chosen set.
struct StrategySolver {
    let facts: RoutingFacts
    let nodeBudget: Int
    /// For each cell of the stock, the place of its location; −1 where that may not ship.
    let placeOfCell: [Int32]

    // The order at hand: its items, see `gatherItems`.
    var itemSKUs: [Int64] = []
    var itemRows: [Range<Int>] = []
    var itemOfLine: [Int] = []
    /// Units asked for, and of them those that are to be shipped.
    var asked: [Int64] = []
    var targets: [Int64] = []
    /// Of all units asked for, in minor units and in grams.
    var itemValues: [Int64] = []
    var itemGrams: [Int64] = []
    var itemKeys: [ItemKey] = []
    /// The first item with the same SKU.
    var itemShares: [Int] = []
    var sharesStock = false
    var apartGroups = 1
    var demands: [[String: String]] = []
    var packItems: [Int] = []
    var packStarts: [Int] = []
    /// Whether a pack has to come from one location.
    var packIsWhole: [Bool] = []

    // Its candidates, see `gatherCandidates`.
    var candidatePlaces: [Int32] = []
    /// Candidate by candidate, what it adds to each criterion by shipping at all.
    var fixed: [Int64] = []
    /// Candidate by candidate, what it has of each item, at most what is asked for.
    var supply: [Int64] = []
    /// The same without the limit.
    var available: [Int64] = []
    var fenced: [FencedLocation] = []
    var stateOfPlace: [Int32]
    var touched: [Int32] = []
    var unitsAt: [Int64] = []
    /// For goods kept apart, by place and number of further parcels: days until the last of them arrives, where that depends on their number.
    var furtherDays: [Int32: [Int64]] = [:]

    // What units add to the criteria, see `prepareUnits`.
    var unitKeyCount = 0
    var unitKeys: [Int64] = []
    var lacks: [Int64] = []
    var hasWeightCosts = false
    /// No answer has a lower value than this from its units.
    var floors: [Int64] = []

    // The set at hand, see `evaluate`.
    var amounts: [Int64] = []
    var residual: [Int64] = []
    var values: [Int64] = []
    var limits = SplitLimits()
    var orderValue: Int64 = 0
    var groupGrams: [Int64] = []

    // The search, see `search`.
    var plan = ScorePlan(.standard)
    var best: Found?
    var second: Found?
    var nodes = 0
    var wasCut = false
    var memory = SearchMemory()

    /// A set of candidates, ascending, and what it is worth.
    struct Found {
        var chosen: [Int]
        var scores: [Int64]
        var values: [Int64]
        /// By how much it breaks the split limits; 0 in every answer.
        var excess: Int64
    }

    /// What keeps lines apart that have the same SKU.
    struct ItemKey: Hashable {
        var sku: Int64
        /// Lines that ship together; −1 for those that are free.
        var together: Int32
        /// Lines that never share a parcel with those of another group.
        var apart: Int32
        /// What the lines' attributes demand of a location: a place in `demands`.
        var demand: Int32
    }

    init(facts: RoutingFacts, placeOfCell: [Int32], nodeBudget: Int) {
        self.facts = facts
        self.placeOfCell = placeOfCell
        self.nodeBudget = nodeBudget
        stateOfPlace = [Int32](repeating: Self.unseen, count: facts.places.count)
    }

    var itemCount: Int { targets.count }
    var candidateCount: Int { candidatePlaces.count }
    var packCount: Int { packIsWhole.count }

    static let unseen: Int32 = -1
    /// Keeps sums of quantities far from overflow; the contract's largest order asks for 5 × 10^9.
    static let quantityBound: Int64 = 1_000_000_000_000
    /// Keeps sums over thousands of items far from overflow.
    static let productBound: Int64 = 100_000_000_000_000

    /// `left` × `right`, neither below 0, cut at 10^14.
    static func bounded(_ left: Int64, _ right: Int64) -> Int64 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? productBound : min(product, productBound)
    }
}

/// What one strategy can do for an order; nothing is taken yet.
struct RoutingAttempt {
    var parcels: [Parcel] = []
    /// What is in no parcel, in the order of the request's lines.
    var missing: [SourcingNeed] = []
    /// Lines that could not be shipped whole, where nothing is shipped.
    var shortLines: Set<Int32> = []
    /// `nil` where everything is in parcels.
    var pass: RoutingPass?
    var candidates = 0
    var fenced: [FencedLocation] = []
    var winner: RoutingScore?
    var runnerUp: RoutingScore?
    var nodes = 0
    var wasCut = false

    var units: Int64 { parcels.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.quantity } } }
}
