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
            if rows.isEmpty { lines += (isAgents(sequence) ? Self.agents : Self.forgotten).wrapped(indent: 2) }
            for row in rows where !row.isShadow { lines += sentences(row).flatMap { $0.wrapped(indent: 2) } }
            if let days = story.delivery(toldAt: sequence) { lines += "It arrives \(days.words).".wrapped(indent: 2) }
            for row in rows where row.isShadow { lines += shadow(row) }
        }
        return lines
    }

    private static let kinds: [EventType] = [.orderSourced, .orderBackordered, .orderHeld]

    private static let agents = "An agent said where it ships from: no rule was asked."

    private static let forgotten = "It is not kept why: it was longer ago than `decisions` in the network file says."

    /// Whether what an event tells of is an agent's doing: the parcel was taken from another location in the same moment.
    private func isAgents(_ sequence: Int32) -> Bool {
        guard let place = story.events.firstIndex(where: { $0.sequence == sequence }), place > 0 else { return false }
        guard case .rerouted = story.events[place - 1].withdrawal else { return false }
        return story.events[place].type == .orderSourced && story.events[place - 1].at == story.events[place].at
    }

    /// One per decision: kept ones, and those that only events tell of.
    private func moments(_ told: [OrderStory.HappenedEvent]) -> [(Int32, Timestamp)] {
        let kept = Set(decisions.map(\.sequence))
        let keptMoments = Set(decisions.map(\.decidedAt))
        let others = told.filter { !kept.contains($0.sequence) && !keptMoments.contains($0.at) }.map { ($0.sequence, $0.at) }
        let own = decisions.filter { !$0.isShadow }.map { ($0.sequence, $0.decidedAt) }
        return (others + own).sorted { $0.0 < $1.0 }
    }

    private func sentences(_ row: DecisionStore.Row) -> [String] { DecisionSentences(row: row, story: story, network: network).all }

    private func shadow(_ row: DecisionStore.Row) -> [String] {
        guard row.differs else { return "The shadow rules would have done the same.".wrapped(indent: 2) }
        return "The shadow rules would have decided otherwise:".wrapped(indent: 2) + sentences(row).flatMap { $0.wrapped(indent: 4) }
    }
}
