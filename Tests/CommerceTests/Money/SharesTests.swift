import Commerce
import Testing

struct SharesTests {
    @Test(
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]), (5, [1, 1], [3, 2]), (0, [3, 4], [0, 0]), (7, [0, 0, 0], [3, 2, 2]),
            (10, [0, 5, 0], [0, 10, 0]),
            (1, [1, 2, 2], [0, 1, 0]), (-100, [1, 1, 1], [-34, -33, -33]), (9, [-5, 1, 2], [0, 3, 6]), (5, [], []),
            (1_000_000_000_000_000, [1_000_000_000_000_000, 1_000_000_000_000_000, 1], [500_000_000_000_000, 500_000_000_000_000, 0]),
        ] as [(Int64, [Int64], [Int64])]
    )
    func largest_remainder_examples(total: Int64, weights: [Int64], expected: [Int64]) {
        #expect(Shares.byLargestRemainder(total: total, weights: weights) == expected)
    }

    @Test func shares_sum_exactly_and_stay_within_one_unit_of_their_quota() {
        for seed in UInt64(0)..<400 {
            var random = SplitMix64(seed: seed)
            let bound: Int64 = random.pick([10, 1_000, 1_000_000_000_000_000])
            let weights = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                random.chance(20) ? 0 : Int64.random(in: 0...bound, using: &random)
            }
            let total = Int64.random(in: 0...random.pick([5, 1_000, 1_000_000_000_000_000]), using: &random)
            let shares = Shares.byLargestRemainder(total: total, weights: weights)
            #expect(shares.reduce(0, +) == total, "seed \(seed)")
            let whole = weights.reduce(0) { $0 + Int128($1) }
            guard whole > 0 else { continue }
            for (share, weight) in zip(shares, weights) {
                let quota = Int128(total) * Int128(weight)
                #expect(Int128(share) * whole > quota - whole && Int128(share) * whole < quota + whole, "seed \(seed)")
            }
        }
    }

    @Test func the_biggest_order_can_be_shared() {
        let weights = [Int64](repeating: Amount.maximumTotal, count: PlacedOrder.maximumLines)
        let shares = Shares.byLargestRemainder(total: Amount.maximumTotal - 1, weights: weights)
        #expect(shares.reduce(0, +) == Amount.maximumTotal - 1)
        #expect(shares.first == 200_000_000_000 && shares.last == 199_999_999_999)
    }

    @Test func cumulative_shares_end_at_the_total_and_never_fall() {
        for seed in UInt64(0)..<400 {
            var random = SplitMix64(seed: seed)
            let whole = Int64.random(in: 1...random.pick([3, 50, 1_000_000_000_000_000]), using: &random)
            let total = Int64.random(in: -whole...whole, using: &random)
            var (part, sum): (Int64, Int64) = (0, 0)
            while part < whole {
                let next = min(whole, part + Int64.random(in: 1...max(1, whole / 7), using: &random))
                let step = Shares.cumulative(of: total, part: next, whole: whole) - Shares.cumulative(of: total, part: part, whole: whole)
                #expect(total >= 0 ? (0...(next - part)).contains(step) : ((part - next)...0).contains(step), "seed \(seed)")
                sum += step
                part = next
            }
            #expect(sum == total, "seed \(seed)")
        }
    }

    @Test func cumulative_shares_at_the_edges() {
        #expect(Shares.cumulative(of: 7, part: 0, whole: 3) == 0)
        #expect(Shares.cumulative(of: 7, part: -1, whole: 3) == 0)
        #expect(Shares.cumulative(of: 7, part: 9, whole: 3) == 7)
        #expect(Shares.cumulative(of: 7, part: 0, whole: 0) == 7)
    }
}
