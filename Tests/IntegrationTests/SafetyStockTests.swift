import Commerce
import TestSupport
import Testing
import Workers

/// Units that are kept back from sale.
@Suite(.timeLimit(.minutes(15)))
struct SafetyStockTests {
    @Test func safety_stock_is_neither_sold_nor_told() async throws {
        try await withShop { shop in
            let rules = [SafetyStock(supplier: "acme", units: 1), SafetyStock(location: "ber", units: 2), SafetyStock(sku: "B", units: 0)]
            try await shop.configure(NetworkSettings(safetyStock: rules), ["safetyStock"])
            try await shop.stock("ber", [("A", 5), ("B", 5)])
            try await shop.stock("ham", [("A", 2)])
            try await shop.told("A", 4)
            try await shop.told("B", 5)
            let (all, most, other) = (Order("all", of: "A", 5), Order("most", of: "A", 4), Order("other", of: "B", 5))
            try await shop.place(all)
            try await shop.event("order.backordered", of: all)
            try await shop.place(most)
            #expect(Set(try await shop.sourced(most).map(\.location)) == ["ber", "ham"])
            try await shop.place(other)
            _ = try await shop.sourced(other)
            try await shop.told("A", 0)
            #expect(try await shop.level("A", at: "ber") == (5, 3))
            try await shop.stock("ber", [("A", 9)])
            try await shop.told("A", 4)
            #expect(try await shop.status(all) == 3)
            // Rules that keep less are heard of at once.
            try await shop.configure(NetworkSettings(safetyStock: []), ["safetyStock"])
            _ = try await shop.sourced(all)
            try await shop.told("A", 2)
        }
    }

    @Test func hundreds_that_wait_for_safety_stock_hold_up_no_newcomer() async throws {
        // Orders look as if they could be filled, since only the SKU's own rule keeps everything back.
        try await withShop([.intake, .sourcing, .stock, .relay], hearing: ["order.sourced"]) { shop in
            try await shop.configure(NetworkSettings(safetyStock: [SafetyStock(sku: "A", units: 5)]), ["safetyStock"])
            try await shop.stock("ber", [("A", 5), ("B", 1)])
            try await shop.place((0..<510).map { Order("\($0)", of: "A") })
            try await eventually("all of them wait", within: .seconds(240)) { try await shop.count("waiting_line") == 510 }
            let young = Order("young", [("A", 1), ("B", 1)]).with { $0.acceptPartial = true }
            try await shop.place(young)
            #expect(try await shop.sourced(young).first?.lines == [.init(lineID: "2", quantity: 1)])
            try await eventually("nothing is left to do") { try await shop.waiting(in: "oms.sourcing") == 0 }
            try await shop.stock("ber", [("A", 6)])
            try await eventually("the oldest gets what is more") {
                try await shop.number("SELECT count(*) FROM orders WHERE id = '0' AND status = 5") == 1
            }
        }
    }
}
