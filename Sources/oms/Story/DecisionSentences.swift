internal import Commerce
internal import Messages
internal import Store

/// One decision in sentences: who decided, what it had to choose from, what it chose, and what became of the units.
struct DecisionSentences {
    let row: DecisionStore.Row
    let story: OrderStory
    let network: NetworkSnapshot

    private var content: DecisionContent { row.content }
    private var record: RoutingRecord { row.content.record }

    var all: [String] { (record.strategy.map(byStrategy) ?? byDefaultRule) + choice + outcome }

    // MARK: Who decided

    private func byStrategy(_ strategy: String) -> [String] {
        let limit = content.parcels.isEmpty ? " and could not ship it" : ", but could not ship everything"
        let shortfall = record.shortfall.map { "\(limit): \($0.words)" }
        var sentences = ["Strategy \"\(strategy)\" decided\(shortfall ?? "")."] + passedOver
        if let ended = record.endedBy, ended != record.strategy {
            sentences.append("Strategy \"\(ended)\" says what becomes of the rest.")
        }
        return sentences
    }

    private var passedOver: [String] {
        record.passedOver.map { passed in
            passed.reason.wasTried
                ? "Tried: \"\(passed.strategy)\" (\(passed.reason.words)), which leaves such orders to the next."
                : "Passed over: \"\(passed.strategy)\" (\(passed.reason.words))."
        }
    }

    private var byDefaultRule: [String] {
        let rule = "fewest parcels, then location priority, then distance."
        guard !record.passedOver.isEmpty else { return ["The default rule decided, as no strategy is in force: \(rule)"] }
        let strategies = record.passedOver.map { "\"\($0.strategy)\" (\($0.reason.words))" }.joined(separator: ", ")
        return ["No strategy matched the order: \(strategies).", "So the default rule decided: \(rule)"]
    }

    // MARK: What there was to choose from

    private var choice: [String] {
        var sentences = ["\(record.candidates.grouped) location\(record.candidates == 1 ? "" : "s") could ship some of it."]
        if let sight = row.sight, !sight.places.isEmpty { sentences += [had(sight)] + full(sight) }
        sentences += record.fenced.map { "Kept out: \(location($0.location)) \(obstacle($0))." }
        if let winner = record.winner { sentences.append("Chosen: \(score(winner)).") }
        if let second = record.runnerUp {
            sentences.append("Runner-up: \(score(second)).")
        } else if let sight = row.sight, hasNoOther(sight) {
            let isOne = content.parcels.count == 1
            sentences.append(isOne ? "No other location that may ship had everything." : "Fewer parcels were not possible.")
        }
        if record.wasCut { sentences.append("The work budget ended the search: the answer is good, but not proven best.") }
        return sentences
    }

    /// What each location could have shipped, and from how far.
    private func had(_ sight: RoutingSight) -> String {
        let wanted = sight.wanted
        let shares = sight.places.indices.map { place in
            let key = sight.places[place].location
            let distance = kilometers(from: key).map { " (\($0.grouped) km)" } ?? ""
            return "\(location(key)) \(sight.had(place, of: wanted).grouped)\(distance)"
        }
        return "Of \(units(wanted.reduce(0, +))) there were: \(shares.joined(separator: ", "))."
    }

    /// Locations whose day was full, though a later one was not: they may ship, later.
    private func full(_ sight: RoutingSight) -> [String] {
        sight.places.compactMap { place in
            guard place.isFull, !place.hasNoRoom, let day = place.overflowDay else { return nil }
            return "\(location(place.location)) had no room left that day; its next was \(day)."
        }
    }

    private func obstacle(_ fenced: FencedLocation) -> String {
        let place = row.sight?.places.first { $0.location == fenced.location }
        let alsoFull = fenced.obstacle != .noRoom && place?.hasNoRoom == true
        return fenced.obstacle.words + (alsoFull ? ", and has no room left on any day" : "")
    }

    /// Whether it can be said that the default rule had no other answer that good.
    private func hasNoOther(_ sight: RoutingSight) -> Bool {
        guard record.strategy == nil, !record.wasCut, sight.shelf == nil, content.waiting == 0 else { return false }
        guard content.parcels.count == 1 else { return !content.parcels.isEmpty }
        let (wanted, kept) = (sight.wanted, Set(record.fenced.map(\.location)))
        // Decisions of before do not name a runner-up that there was.
        return !sight.places.indices.contains { index in
            let place = sight.places[index]
            guard place.mayShip, !kept.contains(place.location), place.location != content.parcels[0].location else { return false }
            return wanted.indices.allSatisfy { sight.units[index * wanted.count + $0] >= wanted[$0] }
        }
    }

    // MARK: What became of it

    private var outcome: [String] {
        var sentences = content.parcels.map { "\(units($0.units)) ship\($0.units == 1 ? "s" : "") from \(location($0.location))." }
        if content.waiting > 0 { sentences.append("\(units(content.waiting)) wait\(content.waiting == 1 ? "s" : "") for stock.") }
        if content.held > 0 { sentences.append("\(units(content.held)) held for an agent.") }
        if content.cancelled > 0 {
            sentences.append("\(units(content.cancelled)) cancelled\(content.cancelReason.map { ": \($0)" } ?? "").")
        }
        return sentences
    }

    private func score(_ score: RoutingScore) -> String {
        let places = score.locations.map { location($0) }.joined(separator: " + ")
        let values = zip(record.criteria, score.values).map { $0.words($1, currency: story.document.currency) }
        return "\(places) (\(values.joined(separator: ", ")))"
    }

    private func kilometers(from location: Int64) -> Int64? {
        story.kilometers(from: network.location(key: Int32(truncatingIfNeeded: location)))
    }

    private func location(_ key: Int64) -> String { network.location(key: Int32(truncatingIfNeeded: key))?.location.id ?? "?" }

    private func units(_ units: Int64) -> String { "\(units.grouped) unit\(units == 1 ? "" : "s")" }
}

extension OrderStory {
    /// As the crow flies from where a location is now; `nil` where one of both places is not known.
    func kilometers(from location: NetworkSnapshot.KeyedLocation?) -> Int64? {
        let meters = location?.location.coordinates.flatMap { from in coordinates.flatMap { from.meters(to: $0) } }
        return meters.map { ($0 + 500) / 1_000 }
    }
}
