extension StrategySolver {
    /// Lowers the targets to what all candidates have together, without what is kept for others. A pack that ships whole is lowered to nothing.
    /// - Returns: whether everything asked for is there.
    mutating func capTargets(_ holders: [StockKeep.Holder], stock: StockSnapshot) -> Bool {
        var isComplete = true
        // By item that is the first with its SKU, what items with that SKU may still have together.
        var left = [Int64](repeating: .max, count: itemCount)
        if !stock.keeps.isEmpty || sharesStock {
            for item in targets.indices where itemShares[item] == item { left[item] = allowed(item, holders, stock: stock) }
        }
        for pack in 0..<packCount {
            let items = packStarts[pack]..<packStarts[pack + 1]
            var isShort = false
            for index in items {
                let item = packItems[index]
                var total: Int64 = 0
                var cell = item
                while cell < supply.count, total < asked[item] {
                    total += supply[cell]
                    cell += itemCount
                }
                targets[item] = min(asked[item], total, left[itemShares[item]])
                left[itemShares[item]] -= targets[item]
                if targets[item] < asked[item] { isShort = true }
            }
            guard isShort else { continue }
            isComplete = false
            if packIsWhole[pack] { drop(pack, giveBack: &left) }
        }
        return isComplete
    }

    /// Gives up the last pack that ships whole and competes with others for the same SKU.
    /// - Returns: `false` where there is none.
    mutating func dropLastCompetingPack() -> Bool {
        guard sharesStock else { return false }
        var unused = [Int64](repeating: 0, count: itemCount)
        for pack in (0..<packCount).reversed() where packIsWhole[pack] {
            let items = packItems[packStarts[pack]..<packStarts[pack + 1]]
            guard items.contains(where: { item in targets[item] > 0 && isShared(item) }) else { continue }
            drop(pack, giveBack: &unused)
            return true
        }
        return false
    }

    private func isShared(_ item: Int) -> Bool { itemShares.indices.contains { $0 != item && itemShares[$0] == itemShares[item] } }

    private mutating func drop(_ pack: Int, giveBack left: inout [Int64]) {
        for index in packStarts[pack]..<packStarts[pack + 1] {
            let item = packItems[index]
            left[itemShares[item]] += targets[item]
            targets[item] = 0
        }
    }

    /// Units of an item's SKU that this order may have of all candidates.
    private func allowed(_ item: Int, _ holders: [StockKeep.Holder], stock: StockSnapshot) -> Int64 {
        var held: Int64 = 0
        var cell = item
        while cell < available.count {
            held = min(Self.freeBound, held + min(available[cell], Self.freeBound))
            cell += itemCount
        }
        let kept = stock.keeps.units(of: itemSKUs[item], exceptFor: holders)
        guard kept > 0 else { return held }
        // What is kept is kept over all locations, those that this order may not use included.
        let free = itemRows[item].reduce(Int64(0)) { sum, index in
            placeOfCell[index] < 0 ? sum : min(Self.freeBound, sum + min(stock.cells[index].available, Self.freeBound))
        }
        return min(held, max(0, free - kept))
    }

    private static let freeBound: Int64 = 1_000_000_000_000_000
}
