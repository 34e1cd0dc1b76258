import Commerce
import Testing

struct ParcelRefusalTests {
    static let table: [(ParcelRefusal, ParcelRefusal.StockEffect, isFault: Bool)] = [
        (.outOfStock, .nothingLeft, true),
        (.damaged, .unitsLost, true),
        (.capacity, .none, true),
        (.other, .none, true),
        (.noAnswer, .none, true),
        (.rerouted, .none, false),
    ]

    @Test(arguments: table) func a_reason_changes_the_stock_as_it_should(
        reason: ParcelRefusal,
        effect: ParcelRefusal.StockEffect,
        isFault: Bool
    ) {
        #expect(reason.stockEffect == effect)
        #expect(reason.isFault == isFault)
    }

    @Test func the_table_has_every_reason() { #expect(Self.table.map(\.0) == ParcelRefusal.allCases) }

    static let rounds: [(refused: [Int64], settled: Int64, maximum: Int64, areSpent: Bool)] = [
        ([], 0, 1, false),
        ([4], 0, 1, true),
        ([4, 9], 0, 3, false),
        ([4, 9, 11], 0, 3, true),
        // An agent has let it go after the second.
        ([4, 9, 11], 9, 3, false),
        ([4, 9, 11, 12, 13], 9, 3, true),
        // No order is held before anybody has refused it.
        ([], 0, 0, false),
        ([4], 0, 0, true),
        ([4], 0, -7, true),
    ]

    @Test(arguments: rounds) func an_order_is_held_after_so_many_rounds(
        refused: [Int64],
        settled: Int64,
        maximum: Int64,
        areSpent: Bool
    ) {
        #expect(SourcingRounds.areSpent(refused: refused, settled: settled, maximum: maximum) == areSpent)
    }

    @Test func to_refuse_a_part_is_to_take_on_the_rest() {
        let parcel = FulfillmentState(requested: [3, 1])
        let after = parcel.applying(.reject([LineUnits(line: 0, quantity: 2)])).result(from: parcel)
        #expect(after.status == .accepted && after.open == 2)
        #expect(after.applying(.accept) == .unchanged)
    }
}
