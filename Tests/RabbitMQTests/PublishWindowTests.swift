internal import Testing

@testable internal import RabbitMQ

@Suite(.timeLimit(.minutes(10)))
struct PublishWindowTests {
    private func batch(_ range: Range<Int>) -> PublishBatch { PublishBatch(numbered(range), enqueued: .now) }

    private func sendAll(_ window: inout PublishWindow) -> [String] {
        var sent: [String] = []
        while let message = window.next() { sent.append(String(decoding: message.body, as: UTF8.self)) }
        return sent
    }

    @Test func messages_leave_in_the_order_of_the_batches_and_only_as_many_as_fit() {
        var window = PublishWindow(limit: 5)
        let first = batch(0..<3)
        let second = batch(3..<9)
        window.enqueue(first)
        window.enqueue(second)
        #expect(sendAll(&window) == ["0", "1", "2", "3", "4"])
        #expect(window.settle(3, multiple: true, as: .confirmed) == true)
        #expect(first.outcomes == [.confirmed, .confirmed, .confirmed])
        #expect(sendAll(&window) == ["5", "6", "7"])
        #expect(window.settle(0, multiple: true, as: .refused) == true)
        #expect(second.outcomes == nil)
        #expect(sendAll(&window) == ["8"])
        #expect(window.settle(9, multiple: false, as: .confirmed) == true)
        #expect(second.outcomes == Array(repeating: .refused, count: 5) + [.confirmed])
        #expect(window.inFlightCount == 0)
    }

    @Test func a_confirm_of_what_was_never_sent_is_noticed() {
        var window = PublishWindow(limit: 5)
        let only = batch(0..<2)
        window.enqueue(only)
        _ = window.next()
        #expect(window.settle(2, multiple: false, as: .confirmed) == false)
        #expect(window.settle(2, multiple: true, as: .confirmed) == false)
        #expect(window.settle(0, multiple: false, as: .confirmed) == false)
        #expect(only.outcomes == nil)
    }

    @Test func a_returned_message_is_unroutable_once_it_is_confirmed() {
        var window = PublishWindow(limit: 50)
        let only = batch(0..<5)
        window.enqueue(only)
        _ = sendAll(&window)
        for id in ["m1", "m3"] { #expect((window.markReturned { $0.properties.messageID == id }) == true) }
        #expect((window.markReturned { $0.properties.messageID == "m0" }) == false, "returns come in the order of sending")
        #expect(window.settle(5, multiple: true, as: .confirmed) == true)
        #expect(only.outcomes == [.confirmed, .unroutable, .confirmed, .unroutable, .confirmed])
    }

    @Test func abandoned_batches_are_forgotten_and_what_was_sent_of_them_still_counts() {
        var window = PublishWindow(limit: 4)
        let sent = batch(0..<2)
        let half = batch(2..<8)
        let unsent = batch(8..<9)
        for batch in [sent, half, unsent] { window.enqueue(batch) }
        #expect(sendAll(&window).count == 4)
        window.abandon(enqueuedBefore: .now, .blocked("memory"))
        #expect(sendAll(&window).isEmpty)
        #expect(window.inFlightCount == 4)
        let late = batch(9..<10)
        window.enqueue(late)
        #expect(window.settle(4, multiple: true, as: .confirmed) == true)
        #expect(sendAll(&window) == ["9"])
        #expect(window.settle(5, multiple: false, as: .confirmed) == true)
        #expect(late.outcomes == [.confirmed])
        #expect(window.inFlightCount == 0)
    }

    /// A broker that confirms, refuses and returns at random, with and without `multiple`, against the plainest possible bookkeeping.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func any_order_of_confirms_settles_every_message_once(seed: UInt64) {
        var random = SplitMix(state: seed)
        var window = PublishWindow(limit: Int.random(in: 1...40, using: &random))
        var batches: [PublishBatch] = []
        var truth: [UInt64: PublishOutcome] = [:]
        var open: [UInt64] = []
        var returned: Set<UInt64> = []
        var messages = 0
        var tag: UInt64 = 0
        while batches.count < 20 || truth.count < messages {
            if batches.count < 20, Bool.random(using: &random) {
                let count = Int.random(in: 1...15, using: &random)
                batches.append(batch(messages..<messages + count))
                messages += count
                window.enqueue(batches[batches.count - 1])
            }
            while let message = window.next() {
                tag += 1
                open.append(tag)
                guard Int.random(in: 0..<6, using: &random) == 0 else { continue }
                #expect((window.markReturned { $0.properties.messageID == message.properties.messageID }) == true, "seed \(seed)")
                returned.insert(tag)
            }
            guard let chosen = open.randomElement(using: &random) else { continue }
            let multiple = Bool.random(using: &random)
            let outcome: PublishOutcome = Int.random(in: 0..<4, using: &random) == 0 ? .refused : .confirmed
            for settled in open where settled == chosen || (multiple && settled < chosen) {
                truth[settled] = returned.contains(settled) ? .unroutable : outcome
            }
            open.removeAll { $0 == chosen || (multiple && $0 < chosen) }
            #expect(window.settle(chosen, multiple: multiple, as: outcome) == true, "seed \(seed)")
            #expect(window.inFlightCount == open.count, "seed \(seed)")
        }
        let outcomes = batches.flatMap { $0.outcomes ?? [] }
        let isTrue = outcomes.count == messages && outcomes.indices.allSatisfy { outcomes[$0] == truth[UInt64($0 + 1)] }
        #expect(isTrue, "seed \(seed)")
    }
}

/// A small generator that repeats for a seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
