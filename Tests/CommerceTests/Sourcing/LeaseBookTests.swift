import Commerce
import Testing

/// Promises to baskets, in order, over what is there.
struct LeaseBookTests {
    private func line(_ sku: Int64, _ units: Int64) -> LeaseBook.Line { LeaseBook.Line(sku: sku, units: units) }

    @Test func all_or_nothing_and_a_refused_basket_keeps_what_it_has() {
        var book = LeaseBook([1: .init(free: 5), 2: .init(free: 1)])
        #expect(book.grant([line(1, 3)], to: 7, inPlaceOf: []) == nil)
        #expect(book.grant([line(1, 2), line(2, 2)], to: 7, inPlaceOf: []) == LeaseBook.Shortage(line: 1, promisable: 1))
        #expect(book.grant([line(1, 6)], to: 7, inPlaceOf: [line(1, 3)]) == LeaseBook.Shortage(line: 0, promisable: 5))
        #expect(book.shelves[1]?.promisable(to: 7) == 2)
        #expect(book.grant([line(1, 5)], to: 7, inPlaceOf: [line(1, 3)]) == nil, "its own units count as free for it")
        book.release([line(1, 5)], of: 7)
        #expect(book.shelves[1]?.promisable(to: 8) == 5)
    }

    @Test func nothing_is_promised_of_what_is_not_there() {
        var book = LeaseBook([1: .init(free: -3)])
        #expect(book.grant([line(1, 1)], to: 7, inPlaceOf: []) == LeaseBook.Shortage(line: 0, promisable: 0))
        #expect(book.grant([line(9, 1)], to: 7, inPlaceOf: []) == LeaseBook.Shortage(line: 0, promisable: 0))
    }

    @Test func a_channels_baskets_count_against_what_is_kept_for_it() {
        var book = LeaseBook([1: .init(free: 10, quotas: [7: 4])])
        #expect(book.shelves[1]?.promisable(to: 8) == 6)
        #expect(book.grant([line(1, 3)], to: 7, inPlaceOf: []) == nil)
        #expect(book.shelves[1]?.promisable(to: 8) == 6, "three of the four are in a basket of the channel now")
        #expect(book.grant([line(1, 3)], to: 7, inPlaceOf: []) == nil)
        #expect(book.shelves[1]?.promisable(to: 8) == 4)
    }

    @Test(arguments: [1, 20_261_125] as [UInt64])
    func random_baskets_are_granted_as_an_oracle_grants_them(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for world in 0..<200 {
            let skus = Int64(1)...Int64.random(in: 1...3, using: &random)
            var shelves: [Int64: LeaseBook.Shelf] = [:]
            for sku in skus {
                let quotas = [Int32(1): Int64.random(in: 0...4, using: &random), 2: Int64.random(in: 0...4, using: &random)]
                shelves[sku] = .init(free: quotas.values.reduce(Int64.random(in: 0...8, using: &random), +), quotas: quotas)
            }
            var book = LeaseBook(shelves)
            var held: [Int: (channel: Int32, lines: [LeaseBook.Line])] = [:]
            for step in 0..<40 {
                let basket = Int.random(in: 0..<6, using: &random)
                let channel = Int32(basket % 3)
                if Int.random(in: 0..<4, using: &random) == 0 {
                    book.release(held[basket]?.lines ?? [], of: channel)
                    held[basket] = nil
                    continue
                }
                let lines = skus.filter { _ in Bool.random(using: &random) }.map { line($0, .random(in: 1...5, using: &random)) }
                let others = held.filter { $0.key != basket }.values
                let expected = lines.firstIndex { line in
                    line.units > Self.promisable(line.sku, to: channel, of: shelves[line.sku], beside: Array(others))
                }
                let shortage = book.grant(lines, to: channel, inPlaceOf: held[basket]?.lines ?? [])
                #expect(shortage?.line == expected, "seed \(seed), world \(world), step \(step)")
                if shortage == nil { held[basket] = (channel, lines) }
                for shelf in book.shelves.values {
                    let promised = (0...2).reduce(Int64(0)) { $0 + max(shelf.leased[Int32($1)] ?? 0, shelf.quotas[Int32($1)] ?? 0) }
                    #expect(promised <= shelf.free, "seed \(seed), world \(world), step \(step)")
                }
            }
        }
    }

    /// From the baskets themselves, one by one.
    private static func promisable(
        _ sku: Int64,
        to channel: Int32,
        of shelf: LeaseBook.Shelf?,
        beside baskets: [(channel: Int32, lines: [LeaseBook.Line])]
    ) -> Int64 {
        guard let shelf else { return 0 }
        func units(_ other: Int32) -> Int64 {
            baskets.filter { $0.channel == other }.flatMap(\.lines).filter { $0.sku == sku }.reduce(0) { $0 + $1.units }
        }
        let blocked = (Int32(0)...2).reduce(Int64(0)) { sum, other in
            sum + (other == channel ? units(other) : max(units(other), shelf.quotas[other] ?? 0))
        }
        return max(0, shelf.free - blocked)
    }
}

/// How much of a SKU is one channel's alone.
struct AllotmentQuotaTests {
    struct Example {
        var size: Allotment.Size
        var free: Int64
        var sold: Int64
        var all: Int64
        var quota: Int64

        init(_ size: Allotment.Size, free: Int64, sold: Int64, of all: Int64, quota: Int64) {
            self.size = size
            self.free = free
            self.sold = sold
            self.all = all
            self.quota = quota
        }
    }

    @Test(arguments: [
        Example(.units(10), free: 3, sold: 0, of: 0, quota: 10), Example(.units(10), free: 3, sold: 4, of: 9, quota: 6),
        Example(.units(10), free: 3, sold: 12, of: 12, quota: 0), Example(.percent(20), free: 100, sold: 0, of: 0, quota: 20),
        Example(.percent(20), free: 20, sold: 0, of: 80, quota: 20), Example(.percent(20), free: 90, sold: 10, of: 10, quota: 10),
        Example(.percent(100), free: 7, sold: 0, of: 0, quota: 7), Example(.percent(50), free: 1, sold: 0, of: 0, quota: 0),
        Example(.percent(0), free: 50, sold: 0, of: 0, quota: 0), Example(.percent(20), free: -5, sold: 0, of: 10, quota: 2),
    ])
    func a_quota(_ example: Example) {
        #expect(example.size.quota(free: example.free, sold: example.sold, soldByAll: example.all) == example.quota, "\(example)")
    }
}
