import Commerce
import Messages
import Simulation
import Testing
import TradeNetwork

struct BenchTests {
    static let time = Timestamp(seconds: 1_780_000_000)

    @Test(arguments: [BenchOrders.Kind.mixed(), .flashSale(skus: BenchNetwork.flashSKUs)])
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
        #expect(lineCounts == (kind == .mixed() ? [1, 2, 3, 4] : [1]))
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

    @Test func a_million_rows_have_skus_of_five_and_six_digits() throws {
        var orders = BenchOrders(seed: 3, prefix: "x", kind: .mixed(products: 333_334), placedAt: Self.time)
        var digits: [Int: Int] = [:]
        for _ in 0..<2_000 {
            for line in try PlacedOrder(json: orders.next()).lines { digits[line.sku.count, default: 0] += 1 }
        }
        #expect(Set(digits.keys) == [7, 8] && digits[8, default: 0] > digits[7, default: 0])
        let parts = BenchNetwork.ampleStock(products: 333_334, observedAt: Self.time)
        #expect(parts.count == 51)
        #expect(parts.allSatisfy { $0.body.count <= 1_048_576 })
    }

    @Test func a_flash_sale_asks_for_each_sku_equally_often() throws {
        var orders = BenchOrders(seed: 1, prefix: "x", kind: .flashSale(skus: BenchNetwork.flashSKUs), placedAt: Self.time)
        var counts: [String: Int] = [:]
        for _ in 0..<100 { counts[try PlacedOrder(json: orders.next()).lines[0].sku, default: 0] += 1 }
        #expect(counts == Dictionary(uniqueKeysWithValues: BenchNetwork.flashSKUs.map { ($0, 10) }))
    }

    @Test func baskets_are_valid_and_name_each_sku_once() throws {
        var baskets = BenchBaskets(seed: 5, prefix: "L-")
        var lineCounts: Set<Int> = []
        for _ in 0..<500 {
            let message = try InboundDecoder.decode(
                type: "reservation.requested",
                contentType: "application/json",
                body: baskets.next(),
                receivedAt: Self.time
            )
            guard case .reservationRequested(let basket) = message else {
                Issue.record("not a basket")
                return
            }
            #expect(Set(basket.lines.map(\.sku)).count == basket.lines.count)
            lineCounts.insert(basket.lines.count)
        }
        #expect(lineCounts == [1, 2])
    }

    @Test func the_routing_problems_are_decided_whole_and_the_same_every_time() {
        for shape in [BenchRouting.Shape.basket, .large] {
            let problem = BenchRouting(shape, seed: 1)
            let first = problem.decide()
            #expect(first.decisions == shape.orders && first.units > 0)
            #expect(problem.decide() == first)
        }
    }

    @Test func the_heuristic_is_never_better_than_the_proven_best() {
        let gaps = (UInt64(1)...4).flatMap { seed in
            BenchRouting.gapObjectives.compactMap { BenchRouting(.gap, seed: seed).gap($0) }
        }
        #expect(gaps.count > 4 && gaps.allSatisfy { $0 >= 0 }, "\(gaps)")
    }

    @Test func invoices_hold_their_orders_whole() throws {
        let invoices = try BenchInvoices.make(20, seed: 1, placedAt: Self.time)
        #expect(invoices.count == 20)
        #expect(invoices.allSatisfy { !$0.lines.isEmpty && $0.totals.payable > 0 })
    }
}
