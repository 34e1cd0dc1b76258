internal import Commerce

/// `fences`: what must hold of a location. A list of mappings or one mapping; each kind of fence may stand once in all of them.
struct FenceReader {
    let references: References

    private static let keys = [
        "kinds", "suppliers", "locations", "countries", "regions", "maxKilometers", "stockShareAtLeast", "capacityLeft",
        "deliversByPromise", "freshFeed", "sameAttribute",
    ]

    func read(_ value: ValueReader) -> [RoutingFence] {
        if value.entries.isEmpty { value.fault(.invalidField, "The list is empty; leave the key out.") }
        var seen: Set<String> = []
        return value.entries.flatMap { entry -> [RoutingFence] in
            guard let object = entry.object(Self.keys) else { return [] }
            if entry.isEmptyMapping { entry.fault(.invalidField, "A fence is wanted here.") }
            return Self.keys.flatMap { key -> [RoutingFence] in
                guard let fence = object.value(key) else { return [] }
                guard seen.insert(key).inserted else {
                    fence.fault(.duplicateEntry, "There is a fence \"\(key)\" already; all fences must hold, so put them into one.")
                    return []
                }
                return fences(key, fence)
            }
        }
    }

    private func fences(_ key: String, _ value: ValueReader) -> [RoutingFence] {
        switch key {
        case "kinds": [.kinds(value.oneOrMore { $0.choice(Location.Kind.self) })]
        case "suppliers": [.suppliers(value.oneOrMore { references.id(.supplier, at: $0) })]
        case "locations": [.locations(value.oneOrMore { references.id(.location, at: $0) })]
        case "countries": [.countries(value.oneOrMore { $0.text(.country) })]
        case "regions": [.regions(value.oneOrMore { $0.text(.id) })]
        case "maxKilometers": value.integer(Limits.kilometers).map { [.withinKilometers($0)] } ?? []
        case "stockShareAtLeast": value.integer(1...100).map { [.stockShare(percent: $0)] } ?? []
        case "capacityLeft": demanded(value, .capacityLeft)
        case "deliversByPromise": demanded(value, .onTime)
        case "freshFeed": demanded(value, .freshFeed)
        default: value.oneOrMore { $0.text(.attribute) }.map { .attribute($0) }
        }
    }

    /// There is no fence that demands the contrary.
    private func demanded(_ value: ValueReader, _ fence: RoutingFence) -> [RoutingFence] {
        if value.flag() == false { value.fault(.invalidField, "false fences nothing off; leave the key out.") }
        return [fence]
    }
}
