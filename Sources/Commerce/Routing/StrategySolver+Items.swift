extension StrategySolver {
    /// Sums up lines whose units need not be told apart, and packs what ships together.
    ///
    /// - Parameter infos: for each line that wants stock, its place in `request.lines`; −1 where it is not there.
    mutating func gatherItems(_ request: RoutingRequest, infos: [Int], strategy: PreparedStrategy, stock: StockSnapshot) {
        clearItems()
        let needs = request.sourcing.lines
        let groups = strategy.looksAtLines ? LineGroups(request, infos: infos, strategy: strategy) : nil
        apartGroups = groups?.apartCount ?? 1
        demands = groups?.demands ?? []
        var known: [ItemKey: Int] = [:]
        let isSmall = needs.count <= 16
        for (index, need) in needs.enumerated() {
            let key = groups?.key(of: index, sku: need.sku) ?? ItemKey(sku: need.sku, together: -1, apart: 0, demand: -1)
            let found = isSmall ? itemKeys.firstIndex(of: key) : known[key]
            let item = found ?? itemKeys.count
            if found == nil {
                addItem(key, stock: stock)
                if !isSmall { known[key] = item }
            }
            itemOfLine.append(item)
            let units = min(Self.quantityBound, max(0, need.quantity))
            asked[item] = min(Self.quantityBound, asked[item] + units)
            guard infos[index] >= 0 else { continue }
            let line = request.lines[infos[index]]
            itemValues[item] = min(Self.productBound, itemValues[item] + Self.bounded(units, max(0, line.unitValue)))
            itemGrams[item] = min(Self.productBound, itemGrams[item] + Self.bounded(units, max(0, line.unitGrams)))
        }
        targets.append(contentsOf: asked)
        shareStock(isSmall: isSmall)
        packItemsUp()
    }

    private mutating func clearItems() {
        itemSKUs.removeAll(keepingCapacity: true)
        itemRows.removeAll(keepingCapacity: true)
        itemOfLine.removeAll(keepingCapacity: true)
        asked.removeAll(keepingCapacity: true)
        targets.removeAll(keepingCapacity: true)
        itemValues.removeAll(keepingCapacity: true)
        itemGrams.removeAll(keepingCapacity: true)
        itemKeys.removeAll(keepingCapacity: true)
        itemShares.removeAll(keepingCapacity: true)
        packItems.removeAll(keepingCapacity: true)
        packStarts.removeAll(keepingCapacity: true)
        packIsWhole.removeAll(keepingCapacity: true)
    }

    private mutating func addItem(_ key: ItemKey, stock: StockSnapshot) {
        itemKeys.append(key)
        itemSKUs.append(key.sku)
        itemRows.append(stock.row(of: key.sku))
        asked.append(0)
        itemValues.append(0)
        itemGrams.append(0)
    }

    private mutating func shareStock(isSmall: Bool) {
        sharesStock = false
        var known: [Int64: Int] = [:]
        for item in itemSKUs.indices {
            let first = isSmall ? itemSKUs.firstIndex(of: itemSKUs[item]) : known[itemSKUs[item]]
            itemShares.append(first ?? item)
            if let first, first != item { sharesStock = true }
            if !isSmall, first == nil { known[itemSKUs[item]] = item }
        }
    }

    private mutating func packItemsUp() {
        var packOfGroup: [Int32: [Int]] = [:]
        for item in itemKeys.indices where itemKeys[item].together >= 0 { packOfGroup[itemKeys[item].together, default: []].append(item) }
        for item in itemKeys.indices {
            let together = itemKeys[item].together
            guard together < 0 || packOfGroup[together]?.first == item else { continue }
            packStarts.append(packItems.count)
            packIsWhole.append(together >= 0)
            packItems.append(contentsOf: packOfGroup[together] ?? [item])
        }
        packStarts.append(packItems.count)
    }
}

/// What the attributes of an order's lines mean under a strategy.
private struct LineGroups {
    private var together: [Int32]
    private var apart: [Int32]
    private var demand: [Int32]
    private(set) var apartCount = 1
    private(set) var demands: [[String: String]] = []

    init(_ request: RoutingRequest, infos: [Int], strategy: PreparedStrategy) {
        let attributes = infos.map { $0 < 0 ? [:] : request.lines[$0].attributes }
        together = Self.joined(attributes, by: strategy.rule.keepTogether)
        apart = [Int32](repeating: 0, count: attributes.count)
        demand = [Int32](repeating: -1, count: attributes.count)
        if !strategy.rule.keepApart.isEmpty {
            var groups: [[String?]: Int32] = [:]
            for line in attributes.indices where request.sourcing.lines[line].quantity > 0 {
                let next = Int32(groups.count)
                apart[line] = groups[strategy.rule.keepApart.map { attributes[line][$0] }, setDefault: next]
            }
            apartCount = max(1, groups.count)
        }
        if !strategy.demandedAttributes.isEmpty {
            var known: [[String: String]: Int32] = [:]
            for line in attributes.indices {
                let demanded = attributes[line].filter { strategy.demandedAttributes.contains($0.key) }
                if !demanded.isEmpty { demand[line] = known[demanded, setDefault: Int32(known.count)] }
            }
            demands = known.sorted { $0.value < $1.value }.map(\.key)
        }
    }

    func key(of line: Int, sku: Int64) -> StrategySolver.ItemKey {
        StrategySolver.ItemKey(sku: sku, together: together[line], apart: apart[line], demand: demand[line])
    }

    /// For each line the first line of those it ships with, over one attribute or a chain of several; −1 for a line that has none of them.
    private static func joined(_ attributes: [[String: String]], by names: [String]) -> [Int32] {
        var roots = attributes.indices.map { $0 }
        func root(_ line: Int) -> Int {
            var line = line
            while roots[line] != line { line = roots[line] }
            return line
        }
        var isBound = [Bool](repeating: false, count: attributes.count)
        for name in names {
            var firsts: [String: Int] = [:]
            for line in attributes.indices {
                guard let value = attributes[line][name] else { continue }
                isBound[line] = true
                let (own, other) = (root(line), root(firsts[value, setDefault: line]))
                roots[max(own, other)] = min(own, other)
            }
        }
        return attributes.indices.map { isBound[$0] ? Int32(root($0)) : -1 }
    }
}

extension Dictionary {
    /// The value of a key; a key that has none gets `fresh`.
    fileprivate subscript(key: Key, setDefault fresh: Value) -> Value {
        mutating get {
            if let value = self[key] { return value }
            self[key] = fresh
            return fresh
        }
    }
}
