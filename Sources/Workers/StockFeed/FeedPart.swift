internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// One part of a supplier's feed: merged in slices, each its own transaction. Applied again after a crash, it comes to the same.
struct FeedPart {
    let message: StockReported

    private enum Step: Sendable {
        case goOn(location: Int32, progress: FeedProgress.Step)
        case end(Outcome)
    }

    func run(lane: Lane) async throws -> Outcome {
        let digest = ContentDigest.of(message)
        let receivedAt = SystemClock.now()
        let step = try await lane.commit { tx, effects in
            try begin(digest: digest, receivedAt: receivedAt, lane: lane, in: tx, effects: &effects)
        }
        guard case .goOn(let location, let progress) = step else {
            if case .end(let outcome) = step { return outcome }
            return .done(id: message.senderID)
        }
        let keys = try await lane.shared.skus.keys(of: message.items.map(\.sku), session: lane.session)
        let counts = zip(keys, message.items).map { key, item in (sku: key, count: item.onHand) }.sorted { $0.sku < $1.sku }
        var start = 0
        repeat {
            let end = min(start + StockFeedHandler.rowsPerSlice, counts.count)
            let slice = Array(counts[start..<end])
            let isCurrent = try await lane.commit { tx, effects in
                guard try isNewest(location: location, in: tx) else { return false }
                let changes = try StockCounts.apply(
                    slice,
                    location: location,
                    sequence: message.sequence,
                    observedAt: message.observedAt,
                    in: tx
                )
                try countJumps(changes, location: location, lane: lane, in: tx)
                let news = StockNews(lane: lane, now: receivedAt)
                try news.tell(changes, in: tx, effects: &effects)
                try news.close(
                    location: location,
                    skus: slice.map(\.sku),
                    observedAt: message.observedAt,
                    in: tx,
                    effects: &effects
                )
                return true
            }
            // A newer feed came meanwhile: this one is stale from here on.
            guard isCurrent else { return .done(id: message.senderID) }
            start = end
        } while start < counts.count
        try await lane.commit { tx, effects in
            try finish(location: location, progress: progress, digest: digest, lane: lane, now: receivedAt, in: tx, effects: &effects)
        }
        return .done(id: message.senderID)
    }

    private func begin(
        digest: [UInt8],
        receivedAt: Timestamp,
        lane: Lane,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws -> Step {
        let network = try lane.shared.network(in: tx)
        guard let location = network.location(message.location) else {
            return .end(.retry(MessageRefusal(.unknownLocation, path: "/location", "No location of this id is in the network.")))
        }
        let standing = try FeedStore.lock(location: location.key, in: tx)
        let news = FreshnessNews(network: network, now: receivedAt)
        let expected = standing.map { $0.sequence &+ 1 }
        var progress = standing.map { $0.domain }
        let part = FeedProgress.Part(
            sequence: message.sequence,
            mode: message.mode == .full ? .full : .partial,
            part: message.part,
            parts: message.parts
        )
        let step: FeedProgress.Step
        do {
            step = try FeedProgress.take(part, into: &progress)
        } catch {
            return .end(.refuse(MessageRefusal(error)))
        }
        switch step {
        case .stale:
            try FeedStore.countStale(location: location.key, in: tx)
            try news.tell(.repeat, of: location, sequence: message.sequence, expected: expected, in: tx, effects: &effects)
            return .end(.done(id: message.senderID))
        case .again:
            guard standing?.digests[Int32(message.part)] == digest else {
                try news.tell(.repeat, of: location, sequence: message.sequence, expected: expected, in: tx, effects: &effects)
                return .end(.refuse(MessageRefusal(.conflict, path: "/part", "This part was reported with other content; that stands.")))
            }
            return .end(.done(id: message.senderID))
        case .apply:
            if standing?.sequence != message.sequence {
                if let expected, message.sequence > expected {
                    try news.tell(.gap, of: location, sequence: message.sequence, expected: expected, in: tx, effects: &effects)
                }
                try FeedStore.start(
                    location: location.key,
                    sequence: message.sequence,
                    parts: Int32(message.parts),
                    isFull: message.mode == .full,
                    observedAt: message.observedAt,
                    receivedAt: receivedAt,
                    in: tx
                )
            }
            return .goOn(location: location.key, progress: step)
        }
    }

    /// The feed is in: a location that was late is in time again, and jumps are told, once for all of its parts.
    private func tellOfFeed(
        location: Int32,
        lane: Lane,
        now: Timestamp,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws {
        let network = try lane.shared.network(in: tx)
        guard let entry = network.location(key: location) else { return }
        let news = FreshnessNews(network: network, now: now)
        let jumps = try FeedStore.lock(location: location, in: tx)?.jumps ?? 0
        if jumps > 0 { try news.tell(.jump, of: entry, sequence: message.sequence, skus: jumps, in: tx, effects: &effects) }
        let interval = network.feedInterval(of: entry)
        guard let before = try FreshnessStore.feed(location: location, intervalMinutes: interval, in: tx) else { return }
        if before.freshness != .fresh {
            try news.write([FreshnessNews.Step(before: before, freshness: .fresh, lastFeedAt: now)], in: tx, effects: &effects)
        }
        guard let interval, interval > 0 else { return }
        var tally = FeedTally()
        tally.addFeed(age: before.age, intervalMinutes: interval)
        try ReliabilityStore.add([location: tally], at: now, in: tx)
    }

    private func countJumps(
        _ changes: [StockCounts.Change],
        location: Int32,
        lane: Lane,
        in tx: borrowing Transaction
    ) throws {
        let rule = try lane.shared.network(in: tx).settings.freshness
        let jumps = changes.count { change in
            change.expected.map { CountJump.isImplausible(expected: $0, counted: change.counted, rule: rule) } ?? false
        }
        if jumps > 0 { try FeedStore.countJumps(jumps, location: location, in: tx) }
    }

    private func isNewest(location: Int32, in tx: borrowing Transaction) throws -> Bool {
        try FeedStore.lock(location: location, in: tx)?.sequence == message.sequence
    }

    /// Marks the part as applied; the last part of a full feed sets what no part named to 0.
    private func finish(
        location: Int32,
        progress: FeedProgress.Step,
        digest: [UInt8],
        lane: Lane,
        now: Timestamp,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws {
        guard let standing = try FeedStore.lock(location: location, in: tx), standing.sequence == message.sequence,
            standing.digests[Int32(message.part)] == nil
        else { return }
        try FeedStore.finishPart(location: location, sequence: message.sequence, part: Int32(message.part), digest: digest, in: tx)
        guard standing.digests.count + 1 == Int(message.parts) else { return }
        try FeedStore.complete(location: location, at: now, in: tx)
        if message.mode == .full {
            try zeroUnnamed(location: location, observedAt: standing.observedAt, lane: lane, now: now, in: tx, effects: &effects)
        }
        try tellOfFeed(location: location, lane: lane, now: now, in: tx, effects: &effects)
    }

    private func zeroUnnamed(
        location: Int32,
        observedAt: Timestamp,
        lane: Lane,
        now: Timestamp,
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws {
        // A catalog of millions may take its time.
        try tx.liftTimeLimits()
        let changes = try StockCounts.zeroUnnamed(
            location: location,
            sequence: message.sequence,
            observedAt: observedAt,
            in: tx
        )
        try countJumps(changes, location: location, lane: lane, in: tx)
        let news = StockNews(lane: lane, now: now)
        try news.tell(changes, in: tx, effects: &effects)
        try news.close(location: location, skus: nil, observedAt: observedAt, in: tx, effects: &effects)
    }
}

extension FeedStore.Progress {
    fileprivate var domain: FeedProgress {
        FeedProgress(
            sequence: sequence,
            mode: isFull ? .full : .partial,
            parts: Int64(parts),
            seen: Set(digests.keys.map(Int64.init))
        )
    }
}
