import Commerce
import Messages
import Simulation
import Testing
import TradeNetwork

struct ShopDayTests {
    static let day = CivilDate(year: 2026, month: 11, day: 20)
    static let receipt = Timestamp(seconds: day.dayNumber * 86_400 + 10 * 86_400)

    static func orders(_ day: ShopDay) throws -> [PlacedOrder] {
        try day.script.filter { $0.type == "order.placed" && $0.expectedRefusal == nil }.map { message in
            let decoded = try InboundDecoder.decode(type: message.type, contentType: nil, body: message.body, receivedAt: receipt)
            guard case .orderPlaced(let placed) = decoded else { throw MessageRefusal(.unsupportedType, "not an order") }
            return placed.order
        }
    }

    @Test func the_same_seed_gives_the_same_day() {
        let first = ShopDay(seed: 5, orders: 60, day: Self.day)
        #expect(first.script == ShopDay(seed: 5, orders: 60, day: Self.day).script)
        #expect(first.script != ShopDay(seed: 6, orders: 60, day: Self.day).script)
    }

    @Test func every_message_decodes_and_the_broken_ones_are_refused_as_expected() throws {
        let day = ShopDay(seed: 1, orders: 200, day: Self.day)
        var refused = 0
        for message in day.script {
            #expect(message.body.count <= InboundDecoder.maximumBodyBytes)
            do {
                let decoded = try InboundDecoder.decode(type: message.type, contentType: nil, body: message.body, receivedAt: Self.receipt)
                #expect(decoded.type.rawValue == message.type)
            } catch let refusal {
                #expect(refusal.code.rawValue == message.expectedRefusal, "\(message.type): \(refusal)")
                refused += 1
            }
        }
        // The decoder finds what is wrong in itself; channel, currency, total and type are the workers' business.
        #expect(refused == 2)
        #expect(day.script.filter { $0.expectedRefusal != nil }.count == day.facts.broken)
        #expect(zip(day.script, day.script.dropFirst()).allSatisfy { $0.time <= $1.time })
    }

    @Test func totals_taxes_and_payments_of_every_order_are_right() throws {
        let day = ShopDay(seed: 2, orders: 400, day: Self.day)
        for order in try Self.orders(day) {
            #expect(try order.check() == 0)
            let channel = try #require(day.network.channels.first { $0.id == order.channel })
            try order.checkCurrency(of: channel)
            try order.checkTaxCategories(sellerCountry: order.channel == "shop-de" ? "DE" : "GB")
        }
    }

    @Test func the_shape_follows_the_real_file() throws {
        let orders = try Self.orders(ShopDay(seed: 3, orders: 3_000, day: Self.day))
        let lines = orders.map(\.lines.count).sorted()
        let mean = Double(lines.reduce(0, +)) / Double(lines.count)
        #expect((25...29.5).contains(mean), "mean lines \(mean)")
        #expect((13...17).contains(lines[lines.count / 2]), "median lines \(lines[lines.count / 2])")
        let guests = Double(orders.filter { $0.customer.id == nil }.count) / Double(orders.count)
        #expect((0.05...0.09).contains(guests), "guests \(guests)")
        let all = orders.flatMap(\.lines)
        let ones = Double(all.filter { $0.quantity == 1 }.count) / Double(all.count)
        #expect((0.26...0.30).contains(ones), "single units \(ones)")
        let units = Double(all.reduce(0) { $0 + $1.quantity }) / Double(all.count)
        #expect((8...11).contains(units), "mean units \(units)")
        var popularity: [String: Int] = [:]
        for line in all { popularity[line.sku, default: 0] += 1 }
        let top = popularity.values.sorted(by: >).prefix(480).reduce(0, +)
        // 480 products make half of the real file's lines.
        #expect((0.47...0.55).contains(Double(top) / Double(all.count)), "share of the top 480: \(Double(top) / Double(all.count))")
        let repeated = orders.filter { Set($0.lines.map(\.sku)).count < $0.lines.count }.count
        #expect(repeated > orders.count / 10)
    }

    /// A greedy stand-in for sourcing: does one location hold the whole basket when the day begins, and do all together?
    @Test func some_orders_have_to_be_split_and_a_few_have_to_wait() throws {
        let day = ShopDay(seed: 4, orders: 2_000, day: Self.day)
        var stock: [String: [String: Int64]] = [:]
        var opened: Set<String> = []
        var (split, waiting, total) = (0, 0, 0)
        for message in day.script where message.expectedRefusal == nil {
            switch try InboundDecoder.decode(type: message.type, contentType: nil, body: message.body, receivedAt: Self.receipt) {
            case .stockReported(let report) where report.sequence == 1:
                opened.insert(report.location)
                for item in report.items { stock[report.location, default: [:]][item.sku] = item.onHand }
            case .orderPlaced(let placed):
                total += 1
                var wanted: [String: Int64] = [:]
                for line in placed.order.lines { wanted[line.sku, default: 0] += line.quantity }
                if let whole = ["ber-1", "due-1", "mks-1"].first(where: { place in
                    wanted.allSatisfy { stock[place]?[$0.key] ?? 0 >= $0.value }
                }) {
                    for (sku, units) in wanted { stock[whole]?[sku]? -= units }
                } else if wanted.allSatisfy({ entry in stock.values.reduce(0) { $0 + ($1[entry.key] ?? 0) } >= entry.value }) {
                    split += 1
                    for (sku, units) in wanted {
                        if let place = stock.keys.sorted().first(where: { stock[$0]?[sku] ?? 0 >= units }) { stock[place]?[sku]? -= units }
                    }
                } else {
                    waiting += 1
                }
            default: break
            }
        }
        #expect(opened.count == 12)
        #expect((0.09...0.17).contains(Double(split) / Double(total)), "split \(split) of \(total)")
        #expect((0.01...0.08).contains(Double(waiting) / Double(total)), "waiting \(waiting) of \(total)")
    }

    @Test func the_network_is_the_one_of_the_example_file() throws {
        let day = ShopDay(seed: 1, orders: 0, day: Self.day)
        let generated = try NetworkFile.read(day.networkYAML)
        #expect(generated.network == day.network)
        #expect(try NetworkFile.read(Example.text("network.yaml")).network == day.network)
        #expect(Set(day.network.locations.map(\.kind)) == Set(Location.Kind.allCases))
    }

    @Test func cancellations_name_orders_and_lines_that_are_there() throws {
        let day = ShopDay(seed: 9, orders: 1_500, day: Self.day)
        var lines: [String: [String: Int64]] = [:]
        for order in try Self.orders(day) {
            lines["\(order.channel)/\(order.orderID)"] = Dictionary(order.lines.map { ($0.lineID, $0.quantity) }) { first, _ in first }
        }
        var (whole, part) = (0, 0)
        for message in day.script where message.type == "order.cancelled" {
            guard
                case .orderCancelled(let cancelled) = try InboundDecoder.decode(
                    type: message.type,
                    contentType: nil,
                    body: message.body,
                    receivedAt: Self.receipt
                )
            else { continue }
            let key = "\(cancelled.channel)/\(cancelled.orderID)"
            #expect(day.cancelled.contains(key))
            let ordered = try #require(lines[key])
            if cancelled.lines == nil { whole += 1 } else { part += 1 }
            for line in cancelled.lines ?? [] { #expect(line.quantity <= ordered[line.lineID] ?? 0) }
        }
        #expect(whole + part == day.facts.cancellations)
        #expect(whole > 0 && part > 0, "\(whole) whole, \(part) in part")
    }
}
