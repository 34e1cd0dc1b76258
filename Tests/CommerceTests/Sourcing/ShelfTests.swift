import Commerce
import Testing

/// Orders that are collected at a store: what it has itself stays on its shelf.
@Suite struct ShelfTests {
    private let locations = SourcingLocations([
        SourcingLocation(key: 1, id: "ber", priority: 10),
        SourcingLocation(key: 2, id: "ham", priority: 20),
        SourcingLocation(key: 3, id: "muc", priority: 30),
    ])

    private func decide(_ cells: [StockCell], _ lines: [SourcingNeed], partial: Bool = false, excluded: [Int64] = []) -> (
        SourcingDecision, StockSnapshot
    ) {
        var stock = StockSnapshot(cells)
        let request = SourcingRequest(order: 1, acceptPartial: partial, lines: lines, excludedLocations: excluded, shelf: 2)
        return (Sourcing.decide([request], stock: &stock, locations: locations)[0], stock)
    }

    private func cell(_ sku: Int64, _ location: Int64, _ units: Int64) -> StockCell {
        StockCell(sku: sku, location: location, available: units)
    }

    @Test func a_shelf_that_has_everything_sends_nothing_around() {
        let (decision, stock) = decide(
            [cell(7, 1, 9), cell(7, 2, 3), cell(8, 1, 9), cell(8, 2, 1)],
            [SourcingNeed(line: 0, sku: 7, quantity: 3), SourcingNeed(line: 1, sku: 8, quantity: 1)]
        )
        #expect(decision.parcels.map(\.location) == [2])
        #expect(decision.parcels[0].lines.map(\.quantity) == [3, 1])
        #expect(stock.available(sku: 7, location: 1) == 9 && stock.available(sku: 7, location: 2) == 0)
    }

    @Test func what_the_shelf_lacks_comes_from_elsewhere() {
        let (decision, stock) = decide(
            [cell(7, 1, 9), cell(7, 2, 1), cell(8, 3, 4)],
            [SourcingNeed(line: 0, sku: 7, quantity: 3), SourcingNeed(line: 1, sku: 8, quantity: 2)]
        )
        #expect(decision.parcels.map(\.location) == [2, 1, 3])
        #expect(decision.parcels.map { $0.lines.map(\.quantity) } == [[1], [2], [2]])
        #expect(stock.cells.map(\.available) == [7, 0, 2])
    }

    @Test func a_whole_order_takes_nothing_until_all_is_there_and_a_store_that_rejected_it_is_not_asked() {
        let lines = [SourcingNeed(line: 0, sku: 7, quantity: 3)]
        let (waiting, untouched) = decide([cell(7, 1, 1), cell(7, 2, 1)], lines)
        #expect(!waiting.takesStock && untouched.cells.map(\.available) == [1, 1])
        let (parts, _) = decide([cell(7, 1, 1), cell(7, 2, 1)], lines, partial: true)
        #expect(parts.parcels.map(\.location) == [2, 1] && parts.waiting.map(\.quantity) == [1])
        let (elsewhere, _) = decide([cell(7, 1, 5), cell(7, 2, 5)], lines, excluded: [2])
        #expect(elsewhere.parcels.map(\.location) == [1])
    }
}
