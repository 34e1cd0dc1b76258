/// What units, rather than locations, add to the criteria: weight costs, `stockBalance` and `markdown`.
extension StrategySolver {
    /// Works out, for each candidate and item, the keys that say from where units of the item are best taken, and the
    /// least that the units of any answer add to each criterion.
    mutating func prepareUnits() {
        hasWeightCosts =
            plan.costIndex != nil && itemGrams.contains { $0 > 0 } && candidatePlaces.contains { perKilogram(of: $0) > 0 }
        lacks.removeAll(keepingCapacity: true)
        if plan.stockBalanceIndex != nil { measureLacks() }
        unitKeys.removeAll(keepingCapacity: true)
        let criteria = plan.criteria.indices.filter { index in
            index == plan.stockBalanceIndex || index == plan.markdownIndex || (hasWeightCosts && index == plan.costIndex)
        }
        unitKeyCount = criteria.isEmpty ? 0 : plan.isWeighted ? 1 : criteria.count
        floors.removeAll(keepingCapacity: true)
        floors.append(contentsOf: repeatElement(0, count: plan.criteria.count))
        guard unitKeyCount > 0 else { return }
        addKeys(criteria)
        addFloors()
    }

    /// Percentage points by which a candidate has less of an item than the one that has most.
    private mutating func measureLacks() {
        lacks.append(contentsOf: repeatElement(100, count: supply.count))
        for item in 0..<itemCount {
            let cells = stride(from: item, to: supply.count, by: itemCount)
            let most = cells.reduce(Int64(0)) { supply[$1] > 0 ? max($0, available[$1]) : $0 }
            guard most > 0 else { continue }
            for cell in cells { lacks[cell] = Amount.scaled(most - min(most, available[cell]), by: 100, over: most) }
        }
    }

    /// Keys of a pack stand at its first item; they are of all its units.
    private mutating func addKeys(_ criteria: [Int]) {
        unitKeys.append(contentsOf: repeatElement(0, count: supply.count * unitKeyCount))
        for candidate in 0..<candidateCount {
            for pack in 0..<packCount {
                let items = packStarts[pack]..<packStarts[pack + 1]
                // Who has nothing of it is never asked for it.
                guard items.contains(where: { supply[candidate * itemCount + packItems[$0]] > 0 }) else { continue }
                let start = (candidate * itemCount + packItems[items.lowerBound]) * unitKeyCount
                for index in items {
                    let item = packItems[index]
                    for (position, criterion) in criteria.enumerated() {
                        let thousandths = thousandths(criterion, candidate: candidate, item: item)
                        if plan.isWeighted {
                            unitKeys[start] += Self.weighted(thousandths, by: plan.factor(criterion))
                        } else {
                            unitKeys[start + position] += thousandths
                        }
                    }
                }
            }
        }
    }

    private static func weighted(_ value: Int64, by factor: Int64) -> Int64 { min(ScorePlan.product(value, factor), productBound) }

    /// What all units of an item would add to a criterion if they came from a candidate, in thousandths; kilograms not rounded up.
    private func thousandths(_ criterion: Int, candidate: Int, item: Int) -> Int64 {
        let units = targets[item]
        if criterion == plan.stockBalanceIndex { return Self.bounded(Self.bounded(units, lacks[candidate * itemCount + item]), 1_000) }
        if criterion == plan.markdownIndex { return isMarkdown(candidate) ? 0 : Self.bounded(units, 1_000) }
        return Self.bounded(grams(units, of: item), perKilogram(of: candidatePlaces[candidate]))
    }

    private mutating func addFloors() {
        if let index = plan.costIndex, hasWeightCosts {
            let grams = targets.indices.reduce(Int64(0)) { min(Self.productBound, $0 + self.grams(targets[$1], of: $1)) }
            let cheapest = candidatePlaces.reduce(Int64.max) { min($0, perKilogram(of: $1)) }
            floors[index] = Self.bounded(cheapest, Self.startedKilograms(grams))
        }
        for item in 0..<itemCount where targets[item] > 0 {
            let cells = stride(from: item, to: supply.count, by: itemCount)
            if let index = plan.stockBalanceIndex {
                let least = cells.reduce(Int64(100)) { supply[$1] > 0 ? min($0, lacks[$1]) : $0 }
                floors[index] += Self.bounded(targets[item], least)
            }
            if let index = plan.markdownIndex {
                let cleared = cells.reduce(Int64(0)) { isMarkdown($1 / itemCount) ? min(targets[item], $0 + supply[$1]) : $0 }
                floors[index] += targets[item] - cleared
            }
        }
    }

    func isMarkdown(_ candidate: Int) -> Bool { facts.places[Int(candidatePlaces[candidate])].terms.markdown }

    /// Minor units per started kilogram.
    func perKilogram(of place: Int32) -> Int64 { min(max(0, facts.places[Int(place)].terms.costPerKilogram ?? 0), Self.productBound) }

    /// What so many of an item's units weigh; where its lines differ, their mean, rounded.
    func grams(_ units: Int64, of item: Int) -> Int64 {
        units == asked[item] ? itemGrams[item] : Amount.scaled(itemGrams[item], by: units, over: asked[item])
    }

    /// What so many of an item's units are worth; where its lines differ, their mean, rounded.
    func value(_ units: Int64, of item: Int) -> Int64 {
        units == asked[item] ? itemValues[item] : Amount.scaled(itemValues[item], by: units, over: asked[item])
    }

    static func startedKilograms(_ grams: Int64) -> Int64 { (grams + 999) / 1_000 }
}
