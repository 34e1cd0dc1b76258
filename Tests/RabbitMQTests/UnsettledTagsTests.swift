internal import Testing

@testable internal import RabbitMQ

@Suite(.timeLimit(.minutes(10)))
struct UnsettledTagsTests {
    private func delivered(_ count: UInt64) -> UnsettledTags {
        var tags = UnsettledTags()
        for tag in 1...count { #expect(tags.deliver(tag) == true) }
        return tags
    }

    @Test func a_run_from_the_oldest_on_is_one_frame() {
        var tags = delivered(10)
        #expect(tags.settle(1...6) == [.init(tag: 6, multiple: true)])
        #expect(tags.settle([7]) == [.init(tag: 7, multiple: false)])
        #expect(tags.settle([10, 8, 9]) == [.init(tag: 10, multiple: true)])
        #expect(tags.count == 0)
    }

    @Test func what_is_held_below_is_never_settled_along() {
        var tags = delivered(6)
        #expect(tags.settle([3, 5]) == [.init(tag: 3, multiple: false), .init(tag: 5, multiple: false)])
        #expect(tags.settle([1]) == [.init(tag: 1, multiple: false)])
        #expect(tags.settle([2, 4]) == [.init(tag: 4, multiple: true)])
        #expect(tags.count == 1)
    }

    @Test func settling_again_or_what_never_came_sends_nothing() {
        var tags = delivered(3)
        _ = tags.settle([1, 3])
        #expect(tags.settle([1, 3, 4, 0, .max]) == [])
        #expect(tags.deliver(9) == false)
    }

    /// The broker's side: what its frames settle must be exactly what was asked for.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func the_frames_settle_exactly_what_was_asked(seed: UInt64) {
        var random = SplitMix(state: seed)
        var tags = UnsettledTags()
        var last: UInt64 = 0
        var held: Set<UInt64> = []
        for _ in 0..<60 {
            for _ in 0..<Int.random(in: 0...8, using: &random) {
                last += 1
                #expect(tags.deliver(last) == true)
                held.insert(last)
            }
            let chosen = Bool.random(using: &random) ? held.filter { _ in Bool.random(using: &random) } : held
            let before = held
            for frame in tags.settle(chosen.sorted()) {
                let settled = held.filter { frame.multiple ? $0 <= frame.tag : $0 == frame.tag }
                #expect(settled.isSubset(of: chosen), "seed \(seed): frame \(frame) settles what is still held")
                #expect(!settled.isEmpty, "seed \(seed): the broker would close the channel")
                held.subtract(settled)
            }
            #expect(held == before.subtracting(chosen), "seed \(seed)")
            #expect(tags.count == held.count, "seed \(seed)")
        }
    }
}
