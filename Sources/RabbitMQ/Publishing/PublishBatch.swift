/// One `publish` call: its messages, what is known of each, and who waits for the whole.
final class PublishBatch {
    typealias Waiter = CheckedContinuation<Result<[PublishOutcome], BrokerError>, Never>

    private enum State {
        case unsettled
        /// The broker has sent it back; its acknowledgement is still to come.
        case returned
        case settled(PublishOutcome)
    }

    let messages: [OutgoingMessage]
    let enqueued: ContinuousClock.Instant
    /// The number of the first message, once it is sent.
    private(set) var firstTag: UInt64 = 0
    /// Messages that were sent: always the first ones.
    private(set) var sent = 0
    /// Messages sent and not settled, and those that will still be sent.
    private(set) var unsettled: Int
    private var states: [State]
    /// All before this one are settled.
    private var cursor = 0
    private var waiter: Waiter?

    init(_ messages: [OutgoingMessage], enqueued: ContinuousClock.Instant, waiter: Waiter? = nil) {
        self.messages = messages
        self.enqueued = enqueued
        self.waiter = waiter
        unsettled = messages.count
        states = Array(repeating: .unsettled, count: messages.count)
    }

    /// What became of each message, once that is known of all.
    var outcomes: [PublishOutcome]? {
        guard unsettled == 0 else { return nil }
        return states.compactMap { if case .settled(let outcome) = $0 { outcome } else { nil } }
    }

    /// The number of the last message sent.
    var lastTag: UInt64 { firstTag + UInt64(sent) - 1 }

    /// Takes the next message to send, which gets this number.
    func takeNext(tag: UInt64) -> OutgoingMessage {
        if sent == 0 { firstTag = tag }
        defer { sent += 1 }
        return messages[sent]
    }

    /// Settles one message; how many that were, 0 or 1.
    func settle(_ tag: UInt64, as outcome: PublishOutcome) -> Int {
        let index = Int(tag - firstTag)
        guard index < sent else { return 0 }
        return finish(settle(index, outcome))
    }

    /// Settles all messages up to a number; how many that were.
    func settle(through tag: UInt64, as outcome: PublishOutcome) -> Int {
        let end = min(Int(tag - firstTag) + 1, sent)
        var count = 0
        while cursor < end {
            count += settle(cursor, outcome)
            cursor += 1
        }
        return finish(count)
    }

    private func settle(_ index: Int, _ outcome: PublishOutcome) -> Int {
        switch states[index] {
        case .unsettled: states[index] = .settled(outcome)
        case .returned: states[index] = .settled(.unroutable)
        case .settled: return 0
        }
        return 1
    }

    private func finish(_ count: Int) -> Int {
        unsettled -= count
        if let outcomes { answer(.success(outcomes)) }
        return count
    }

    /// Marks the first unsettled message after a number that `isMeant` as returned, and gives its number.
    func markReturned(after tag: UInt64, _ isMeant: (OutgoingMessage) -> Bool) -> UInt64? {
        var index = tag < firstTag ? 0 : Int(tag - firstTag) + 1
        while index < sent {
            if case .unsettled = states[index], messages[index].mandatory, isMeant(messages[index]) {
                states[index] = .returned
                return firstTag + UInt64(index)
            }
            index += 1
        }
        return nil
    }

    /// Tells the waiter that it failed. What was sent is still settled, unheard; what was not, never will be sent.
    func abandon(_ error: BrokerError) {
        unsettled -= messages.count - sent
        answer(.failure(error))
    }

    private func answer(_ result: Result<[PublishOutcome], BrokerError>) {
        waiter?.resume(returning: result)
        waiter = nil
    }
}
