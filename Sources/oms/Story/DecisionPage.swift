internal import Commerce
internal import Messages
internal import Store

/// Why an order was routed as it was, told in sentences.
struct DecisionPage {
    private static let width = 80

    let story: OrderStory
    let decisions: [DecisionStore.Row]
    let network: NetworkSnapshot

    var text: [String] {
        let title = "Order \(story.document.channel)/\(story.document.orderID): \(story.status.words)".fitted(Self.width)
        let told = story.events.filter { event in event.type.map(Self.kinds.contains) == true }
        guard !told.isEmpty || !decisions.isEmpty else { return [title, ""] + "It has not been decided yet.".wrapped(indent: 0) }
        var lines = [title]
        for (sequence, at) in moments(told) {
            lines.append("")
            let rows = decisions.filter { $0.sequence == sequence }
            let events = story.events.filter { $0.sequence == sequence }.compactMap { $0.type?.rawValue }.joined()
            lines.append("\(at.minuteText)  \(events), event \(sequence)".fitted(Self.width))
            if rows.isEmpty { lines += Self.forgotten.wrapped(indent: 2) }
            for row in rows where !row.isShadow { lines += sentences(row).flatMap { $0.wrapped(indent: 2) } }
            if let days = story.delivery(toldAt: sequence) { lines += "It arrives \(days.words).".wrapped(indent: 2) }
            for row in rows where row.isShadow { lines += shadow(row) }
        }
        return lines
    }

    private static let kinds: [EventType] = [.orderSourced, .orderBackordered, .orderHeld]

    private static let forgotten =
        "It is not kept why: an agent said where it ships from, or it was longer ago than `decisions` in the network file says."

    /// One per decision: kept ones, and those that only events tell of.
    private func moments(_ told: [OrderStory.HappenedEvent]) -> [(Int32, Timestamp)] {
        let kept = Set(decisions.map(\.sequence))
        let keptMoments = Set(decisions.map(\.decidedAt))
        let others = told.filter { !kept.contains($0.sequence) && !keptMoments.contains($0.at) }.map { ($0.sequence, $0.at) }
        let own = decisions.filter { !$0.isShadow }.map { ($0.sequence, $0.decidedAt) }
        return (others + own).sorted { $0.0 < $1.0 }
    }

    private func sentences(_ row: DecisionStore.Row) -> [String] {
        let record = row.content.record
        var sentences: [String] = []
        if let strategy = record.strategy {
            sentences.append(
                "Strategy \"\(strategy)\" decided\(record.shortfall.map { ", but could not ship everything: \($0.words)" } ?? "")."
            )
        } else {
            sentences.append(
                "The default rule decided, as no strategy \(record.passedOver.isEmpty ? "is in force" : "was for it"): fewest parcels, then "
                    + "location priority, then distance."
            )
        }
        for passed in record.passedOver { sentences.append("Passed over: \"\(passed.strategy)\" (\(passed.reason.words)).") }
        if let ended = record.endedBy, ended != record.strategy {
            sentences.append("Strategy \"\(ended)\" says what becomes of the rest.")
        }
        sentences.append("\(record.candidates.grouped) location\(record.candidates == 1 ? "" : "s") could ship some of it.")
        if let sight = row.sight, !sight.places.isEmpty { sentences.append(had(sight)) }
        for fenced in record.fenced { sentences.append("Kept out: \(location(fenced.location)) \(fenced.obstacle.words).") }
        if let winner = record.winner { sentences.append("Chosen: \(score(winner, record)).") }
        if let second = record.runnerUp {
            sentences.append("Runner-up: \(score(second, record)).")
        } else if record.strategy == nil, let sight = row.sight, sight.shelf == nil, row.content.waiting == 0 {
            sentences.append(row.content.parcels.count == 1 ? "No other location had everything." : "Fewer parcels were not possible.")
        }
        if record.wasCut {
            sentences.append("The work budget ended the search: the answer is good, but not proven best.")
        }
        return sentences + outcome(row.content)
    }

    /// What each location could have shipped.
    private func had(_ sight: RoutingSight) -> String {
        let wanted = sight.wanted
        let shares = sight.places.indices.map { "\(location(sight.places[$0].location)) \(sight.had($0, of: wanted).grouped)" }
        return "Of \(units(wanted.reduce(0, +))) there were: \(shares.joined(separator: ", "))."
    }

    private func outcome(_ content: DecisionContent) -> [String] {
        var sentences = content.parcels.map { "\(units($0.units)) ship\($0.units == 1 ? "s" : "") from \(location($0.location))." }
        if content.waiting > 0 { sentences.append("\(units(content.waiting)) wait\(content.waiting == 1 ? "s" : "") for stock.") }
        if content.held > 0 { sentences.append("\(units(content.held)) held for an agent.") }
        if content.cancelled > 0 {
            sentences.append("\(units(content.cancelled)) cancelled\(content.cancelReason.map { ": \($0)" } ?? "").")
        }
        return sentences
    }

    private func shadow(_ row: DecisionStore.Row) -> [String] {
        guard row.differs else { return "The shadow rules would have done the same.".wrapped(indent: 2) }
        return "The shadow rules would have decided otherwise:".wrapped(indent: 2) + sentences(row).flatMap { $0.wrapped(indent: 4) }
    }

    private func score(_ score: RoutingScore, _ record: RoutingRecord) -> String {
        let places = score.locations.map { location($0) }.joined(separator: " + ")
        let values = zip(record.criteria, score.values).map { $0.words($1, currency: story.document.currency) }
        return "\(places) (\(values.joined(separator: ", ")))"
    }

    private func location(_ key: Int64) -> String { network.location(key: Int32(truncatingIfNeeded: key))?.location.id ?? "?" }

    private func units(_ units: Int64) -> String { "\(units.grouped) unit\(units == 1 ? "" : "s")" }
}
