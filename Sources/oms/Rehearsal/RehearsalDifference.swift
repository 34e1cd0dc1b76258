internal import Commerce
internal import Messages
internal import Store
internal import Workers

/// A past decision that would have been another one under the new rules.
struct RehearsalDifference {
    private let comparison: Rehearsal.Comparison
    private let network: NetworkSnapshot

    init(_ comparison: Rehearsal.Comparison, network: NetworkSnapshot) {
        self.comparison = comparison
        self.network = network
    }

    var lines: [String] {
        let document = comparison.past.document
        let title = "\(comparison.past.mark.at.minuteText)  \(document.channel)/\(document.orderID)".fitted(80)
        return [title] + sentence.wrapped(indent: 2)
    }

    /// What changes.
    private var sentence: String {
        let (old, new) = (comparison.before, comparison.after)
        let currency = comparison.past.document.currency
        var changes: [String] = []
        let (from, to) = (shipping(old), shipping(new))
        if from != to {
            changes.append("ships \(to) instead of \(from)")
        } else if old.decision.sourcing.parcels != new.decision.sourcing.parcels {
            changes.append("shares its units out otherwise")
        }
        func change(_ before: Int64, _ after: Int64, _ words: (Int64) -> String, _ value: (Int64) -> String = { $0.grouped }) {
            if before != after { changes.append("\(words(after)) instead of \(value(before))") }
        }
        let (before, after) = (DecisionContent(old.decision), DecisionContent(new.decision))
        change(before.waiting, after.waiting) { "leaves \($0.counted("unit")) waiting" }
        change(before.held, after.held) { "holds \($0.counted("unit"))" }
        change(before.cancelled, after.cancelled) { "cancels \($0.counted("unit"))" }
        change(old.cost, new.cost, { "costs \(AmountText.of($0, currency))" }, { AmountText.of($0, currency) })
        if let old = old.days, let new = new.days { change(old, new) { "takes \($0.counted("working day"))" } }
        return "It " + changes.joined(separator: "; ") + "."
    }

    private func shipping(_ rehearsed: RehearsedDecision) -> String {
        let places = rehearsed.decision.sourcing.parcels.map { location($0.location) }.sorted(by: precedesBytewise)
        return places.isEmpty ? "nothing" : "from " + places.joined(separator: " + ")
    }

    private func location(_ key: Int64) -> String { network.location(key: Int32(truncatingIfNeeded: key))?.location.id ?? "?" }

    var json: String {
        var json = JSONWriter()
        json.beginObject()
        json.member("channel", comparison.past.document.channel)
        json.member("orderId", comparison.past.document.orderID)
        json.member("event", Int64(comparison.past.mark.sequence))
        json.member("decidedAt", comparison.past.mark.at)
        json.member("currency", comparison.past.document.currency)
        json.key("before")
        write(comparison.before, to: &json)
        json.key("after")
        write(comparison.after, to: &json)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func write(_ rehearsed: RehearsedDecision, to json: inout JSONWriter) {
        let content = DecisionContent(rehearsed.decision)
        json.beginObject()
        json.member("strategy", optional: content.record.strategy)
        json.key("parcels")
        json.beginArray()
        for parcel in content.parcels {
            json.beginObject()
            json.member("location", location(parcel.location))
            json.member("units", parcel.units)
            json.endObject()
        }
        json.endArray()
        json.member("cost", rehearsed.cost)
        json.member("kilometers", (rehearsed.meters + 500) / 1_000)
        if let days = rehearsed.days { json.member("daysToDeliver", days) }
        json.member("waiting", content.waiting)
        json.member("held", content.held)
        json.member("cancelled", content.cancelled)
        json.endObject()
    }
}
