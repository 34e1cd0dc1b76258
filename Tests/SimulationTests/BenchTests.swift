import Commerce
import Messages
import Simulation
import Testing
import TradeNetwork

struct BenchTests {
    static let time = Timestamp(seconds: 1_780_000_000)

    @Test(arguments: [BenchOrders.Kind.mixed, .flashSale(sku: "FLASH-1")])
    func orders_are_valid_and_their_totals_right(_ kind: BenchOrders.Kind) throws {
        var orders = BenchOrders(seed: 7, prefix: "t-", kind: kind, placedAt: Self.time)
        var lineCounts: Set<Int> = []
        for number in 1...2_000 {
            let message = try InboundDecoder.decode(
                type: "order.placed",
                contentType: "application/json",
                body: orders.next(),
                receivedAt: Self.time
            )
            guard case .orderPlaced(let placed) = message else {
                Issue.record("not an order")
                return
            }
            #expect(try placed.order.check() == 0)
            #expect(placed.order.orderID == orders.orderID(number))
            #expect(placed.order.payments.map(\.amount) == [placed.order.total])
            lineCounts.insert(placed.order.lines.count)
        }
        #expect(lineCounts == (kind == .mixed ? [1, 2, 3, 4] : [1]))
    }

    @Test func the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        func bytes(_ seed: UInt64) -> [[UInt8]] {
            var orders = BenchOrders(seed: seed, prefix: "x", placedAt: Self.time)
            return (0..<50).map { _ in orders.next() }
        }
        #expect(bytes(1) == bytes(1))
        #expect(bytes(1) != bytes(2))
    }

    @Test func products_are_drawn_from_the_whole_range() throws {
        var orders = BenchOrders(seed: 3, prefix: "x", placedAt: Self.time)
        var skus: Set<String> = []
        for _ in 0..<8_000 {
            let order = try PlacedOrder(json: orders.next())
            skus.formUnion(order.lines.map(\.sku))
            #expect(order.lines.allSatisfy { (1...3).contains($0.quantity) })
        }
        #expect(skus.count > 4_800)
        #expect(skus.allSatisfy { $0 >= "B-00001" && $0 <= "B-05000" })
    }

    @Test func the_network_is_one_that_can_be_applied() throws {
        #expect(try NetworkFile.read(BenchNetwork.network.yaml).network == BenchNetwork.network)
    }

    @Test func a_feed_of_100_000_rows_comes_in_parts_below_a_mebibyte() throws {
        let parts = BenchNetwork.feed(location: "bench-n", rows: 100_000, sequence: 3, observedAt: Self.time)
        #expect(parts.count == 5)
        #expect(parts.allSatisfy { $0.body.count <= 1_048_576 })
        let first = try InboundDecoder.decode(type: parts[0].type, contentType: nil, body: parts[0].body, receivedAt: Self.time)
        guard case .stockReported(let report) = first else {
            Issue.record("not a report")
            return
        }
        #expect((report.items.count, report.part, report.parts) == (20_000, 1, 5))
        #expect(BenchNetwork.ampleStock(observedAt: Self.time).allSatisfy { $0.body.count <= 1_048_576 })
    }
}
