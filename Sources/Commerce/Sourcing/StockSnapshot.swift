/// What one location has of one SKU to give away.
package struct StockCell: Hashable, Sendable {
    package var sku: Int64
    package var location: Int64
    /// Units; below 0 counts as 0.
    package var available: Int64

    package init(sku: Int64, location: Int64, available: Int64) {
        self.sku = sku
        self.location = location
        self.available = available
    }
}

/// The stock a batch of orders competes for, in memory: what one order takes, the next does not see.
package struct StockSnapshot: Sendable {
    /// Sorted by SKU, then location; what is left, after everything taken so far.
    package private(set) var cells: [StockCell]
    private var rows: [Int64: Range<Int>] = [:]
    /// What of it only some may take.
    var keeps: StockKeeps

    /// Cells in any order; fastest where they come sorted by SKU and location. A pair given twice counts once, with its last amount.
    package init(_ cells: [StockCell], keeps: [StockKeep] = []) {
        self.cells = cells
        self.keeps = StockKeeps(keeps)
        if !zip(cells, cells.dropFirst()).allSatisfy({ ($0.sku, $0.location) < ($1.sku, $1.location) }) { sortAndMerge() }
        rows.reserveCapacity(self.cells.count / 4)
        var start = 0
        for index in self.cells.indices {
            if self.cells[index].available < 0 { self.cells[index].available = 0 }
            let next = index + 1
            if next == self.cells.count || self.cells[next].sku != self.cells[index].sku {
                rows[self.cells[index].sku] = start..<next
                start = next
            }
        }
    }

    /// Units of a SKU at a location; 0 where nobody reported any.
    package func available(sku: Int64, location: Int64) -> Int64 {
        for index in row(of: sku) where cells[index].location == location { return cells[index].available }
        return 0
    }

    /// Takes units, all of them or none.
    /// - Returns: `false`, and nothing is taken, where there are fewer.
    package mutating func take(_ quantity: Int64, sku: Int64, location: Int64) -> Bool {
        guard quantity >= 0 else { return false }
        for index in row(of: sku) where cells[index].location == location {
            guard cells[index].available >= quantity else { return false }
            cells[index].available -= quantity
            return true
        }
        return quantity == 0
    }

    /// Where the cells of a SKU stand in `cells`.
    func row(of sku: Int64) -> Range<Int> { rows[sku] ?? 0..<0 }

    /// Takes from a cell whose amount is known to suffice.
    mutating func take(_ quantity: Int64, at index: Int) { cells[index].available -= quantity }

    private mutating func sortAndMerge() {
        var latest: [StockCell] = []
        latest.reserveCapacity(cells.count)
        let order = cells.indices.sorted {
            (cells[$0].sku, cells[$0].location, $0) < (cells[$1].sku, cells[$1].location, $1)
        }
        for index in order {
            if let last = latest.last, last.sku == cells[index].sku, last.location == cells[index].location { latest.removeLast() }
            latest.append(cells[index])
        }
        cells = latest
    }
}
