import Commerce
import Testing

/// Units that only some may take.
struct StockKeepTests {
    private func decide(_ requests: [SourcingRequest], available: [Int64: Int64], keeps: [StockKeep]) -> [Int64] {
        let locations = SourcingLocations([SourcingLocation(key: 1, id: "a", priority: 1), SourcingLocation(key: 2, id: "b", priority: 2)])
        var stock = StockSnapshot(available.map { StockCell(sku: 7, location: $0.key, available: $0.value) }, keeps: keeps)
        return Sourcing.decide(requests, stock: &stock, locations: locations).map { decision in
            decision.parcels.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.quantity } }
        }
    }

    private func request(_ order: Int64, _ quantity: Int64, holders: [StockKeep.Holder] = [], partial: Bool = false) -> SourcingRequest {
        SourcingRequest(
            order: order,
            acceptPartial: partial,
            lines: [SourcingNeed(line: 0, sku: 7, quantity: quantity)],
            holders: holders
        )
    }

    @Test func what_is_kept_for_others_cannot_be_taken() {
        let keeps = [StockKeep(sku: 7, holder: .lease(1), units: 3)]
        #expect(decide([request(1, 3)], available: [1: 3, 2: 2], keeps: keeps) == [0])
        #expect(decide([request(1, 3, partial: true)], available: [1: 3, 2: 2], keeps: keeps) == [2])
        #expect(decide([request(1, 3, holders: [.lease(1)])], available: [1: 3, 2: 2], keeps: keeps) == [3])
    }

    @Test func a_lease_is_used_up_by_its_holders_decision() {
        let keeps = [StockKeep(sku: 7, holder: .lease(1), units: 3)]
        let orders = [request(1, 1, holders: [.lease(1)]), request(2, 4)]
        #expect(decide(orders, available: [1: 5], keeps: keeps) == [1, 4], "the other two units are free again")
    }

    @Test func what_a_channel_takes_of_its_units_is_no_longer_kept_for_it() {
        let keeps = [StockKeep(sku: 7, holder: .channel(1), units: 4)]
        let orders = [request(1, 3, holders: [.channel(1)]), request(2, 7, holders: [.channel(2)]), request(3, 6, holders: [.channel(2)])]
        #expect(decide(orders, available: [1: 10], keeps: keeps) == [3, 0, 6], "one unit is still kept")
    }

    @Test func a_lease_is_not_taken_from_its_channels_units_a_second_time() {
        let keeps = [StockKeep(sku: 7, holder: .lease(1), units: 3), StockKeep(sku: 7, holder: .channel(1), units: 2)]
        let orders = [
            request(1, 4, holders: [.lease(1), .channel(1)]), request(2, 6, holders: [.channel(2)]), request(3, 5, holders: [.channel(2)]),
        ]
        #expect(decide(orders, available: [1: 10], keeps: keeps) == [4, 0, 5], "three of the lease, one of the channel's two")
    }
}
