internal import DequeModule

/// What was asked to be published and is not settled: batches that wait to be sent, and batches whose messages wait for the broker's
/// word. Pure bookkeeping, without a connection.
///
/// The broker numbers the messages of a channel from 1 in the order in which they are sent, and so does this window. Batches are sent
/// one after the other, so each has a run of consecutive numbers, and those in flight stand in the order of their numbers.
struct PublishWindow {
    /// Messages in flight, at most.
    let limit: Int
    /// Messages sent and not settled.
    private(set) var inFlightCount = 0
    /// When the broker last settled something, or the first message went out after a pause.
    private(set) var lastProgress = ContinuousClock.now

    private var waiting: Deque<PublishBatch> = []
    private var inFlight: Deque<PublishBatch> = []
    private var lastTag: UInt64 = 0
    /// The broker returns messages in the order of sending, so each is looked for after the one before.
    private var lastReturned: UInt64 = 0

    init(limit: Int) { self.limit = max(1, limit) }

    mutating func enqueue(_ batch: PublishBatch) { waiting.append(batch) }

    /// The next message to send, counted as sent; nil while the window is full or nothing waits.
    mutating func next() -> OutgoingMessage? {
        guard inFlightCount < limit, let batch = waiting.first else { return nil }
        if batch.sent == 0 { inFlight.append(batch) }
        if inFlightCount == 0 { lastProgress = .now }
        lastTag += 1
        inFlightCount += 1
        let message = batch.takeNext(tag: lastTag)
        if batch.sent == batch.messages.count { waiting.removeFirst() }
        return message
    }

    /// The broker's `basic.ack` or `basic.nack`. False when it settles what was never sent.
    mutating func settle(_ tag: UInt64, multiple: Bool, as outcome: PublishOutcome) -> Bool {
        // Tag 0 with `multiple` means all that was sent.
        let tag = tag == 0 && multiple ? lastTag : tag
        guard tag > 0, tag <= lastTag else { return false }
        lastProgress = .now
        if multiple {
            for batch in inFlight {
                guard batch.firstTag <= tag else { break }
                inFlightCount -= batch.settle(through: tag, as: outcome)
            }
        } else if let batch = batch(of: tag) {
            inFlightCount -= batch.settle(tag, as: outcome)
        }
        removeSettled()
        return true
    }

    /// The broker's `basic.return`, which carries the message and not its number.
    ///
    /// Two messages that `isMeant` cannot tell apart may be taken for each other, which does no harm: they are the same.
    mutating func markReturned(_ isMeant: (OutgoingMessage) -> Bool) -> Bool {
        for batch in inFlight where batch.lastTag > lastReturned {
            guard let tag = batch.markReturned(after: lastReturned, isMeant) else { continue }
            lastReturned = tag
            return true
        }
        return false
    }

    /// Fails every batch that was enqueued before an instant, sent or not.
    mutating func abandon(enqueuedBefore instant: ContinuousClock.Instant, _ error: BrokerError) {
        for batch in inFlight where batch.enqueued < instant { batch.abandon(error) }
        for batch in waiting where batch.enqueued < instant && batch.sent == 0 { batch.abandon(error) }
        waiting.removeAll { $0.enqueued < instant }
        removeSettled()
    }

    /// Fails everything.
    mutating func abandonAll(_ error: BrokerError) {
        for batch in inFlight { batch.abandon(error) }
        for batch in waiting where batch.sent == 0 { batch.abandon(error) }
        waiting.removeAll()
        inFlight.removeAll()
        inFlightCount = 0
    }

    private mutating func removeSettled() {
        while let first = inFlight.first, first.unsettled == 0 { inFlight.removeFirst() }
    }

    private func batch(of tag: UInt64) -> PublishBatch? {
        var low = 0
        var high = inFlight.count
        while low < high {
            let middle = (low + high) / 2
            if inFlight[middle].firstTag <= tag { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? inFlight[low - 1] : nil
    }
}
