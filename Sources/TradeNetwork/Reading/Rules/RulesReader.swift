internal import Commerce

/// `rules` and `shadowRules`: the strategies by which orders are routed, in their order.
///
/// Wherever a strategy takes a list, a single entry may stand alone: `countries: DE`.
struct RulesReader {
    let references: References

    private static let keys = ["id", "when", "fences", "keepTogether", "keepApart", "split", "objective", "otherwise"]

    func read(_ list: ValueReader) -> [RoutingStrategy] {
        var seen: [String: String] = [:]
        // The first strategy that leaves nothing to those behind it.
        var last: String?
        return (list.list() ?? []).compactMap { item in
            guard let object = item.object(Self.keys) else { return nil }
            let id = object.text("id", required: true, .id)
            if let id {
                if let first = seen[id] {
                    object.fault(.duplicateID, "id", "\"\(id)\" is already the id of \(first).")
                } else {
                    seen[id] = item.path
                }
            }
            if let last {
                item.fault(.unreachableRule, "No order comes this far: \(last) takes every order and leaves none to the next strategy.")
            }
            // Where this cannot be read, nothing is said of the strategies behind.
            let otherwise = object.value("otherwise").map(OtherwiseReader.read) ?? .backorder
            if last == nil, object.field("when") == nil, let otherwise, !otherwise.leavesToNext { last = item.path }
            let strategy = strategy(object, id: id ?? "", otherwise: otherwise ?? .backorder)
            return id == nil ? nil : strategy
        }
    }

    private func strategy(_ object: ObjectReader, id: String, otherwise: RoutingOtherwise) -> RoutingStrategy {
        RoutingStrategy(
            id: id,
            when: object.value("when").map(ConditionReader(references: references).read) ?? RoutingCondition(),
            fences: object.value("fences").map(FenceReader(references: references).read) ?? [],
            keepTogether: object.value("keepTogether")?.oneOrMore { $0.text(.attribute) } ?? [],
            keepApart: object.value("keepApart")?.oneOrMore { $0.text(.attribute) } ?? [],
            split: object.value("split").map(Self.split) ?? SplitLimits(),
            objective: object.value("objective").map(ObjectiveReader.read) ?? .standard,
            otherwise: otherwise
        )
    }

    private static func split(_ value: ValueReader) -> SplitLimits {
        guard let object = value.object(["maxParcels", "neverBelowValue", "parcelWorthAtLeast"]) else { return SplitLimits() }
        return SplitLimits(
            neverBelow: object.integer("neverBelowValue", Limits.money),
            furtherParcelWorth: object.integer("parcelWorthAtLeast", Limits.money),
            maximumParcels: object.integer("maxParcels", 1...1_000)
        )
    }
}

extension RoutingOtherwise {
    /// Whether an order may go on to the strategies behind.
    fileprivate var leavesToNext: Bool {
        switch self {
        case .next: true
        case .hold(let hold): hold.then == .next
        case .backorder, .cancel: false
        }
    }
}
