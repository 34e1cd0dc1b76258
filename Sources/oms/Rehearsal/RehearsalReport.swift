internal import Commerce
internal import Messages
internal import Store
internal import Workers

/// The rules in force and the new ones side by side, over all decisions of a time.
struct RehearsalReport {
    let since: Timestamp
    let until: Timestamp
    private var decisions: Int64 = 0
    private var orders: Int64 = 0
    private(set) var differing: Int64 = 0
    private var before = RehearsalSums()
    private var after = RehearsalSums()

    init(since: Timestamp, until: Timestamp) {
        self.since = since
        self.until = until
    }

    mutating func add(_ comparison: Rehearsal.Comparison) {
        decisions += 1
        if comparison.past.isFirst { orders += 1 }
        if comparison.differs { differing += 1 }
        before.add(comparison.before)
        after.add(comparison.after)
    }

    /// - Parameter listed: how many of the decisions that differ were told before.
    func lines(listed: Int64) -> [String] {
        let span = "from \(since.minuteText) to \(until.minuteText)"
        guard decisions > 0 else { return ["nothing was decided \(span) that is kept"] }
        var lines: [String] = []
        if listed < differing { lines.append("… and \((differing - listed).grouped) more: --all lists them") }
        if differing > 0 { lines.append("") }
        lines.append("\(decisions.counted("decision")) about \(orders.counted("order")) \(span)")
        lines.append("\(differing.grouped) would have been decided otherwise")
        lines.append("")
        lines.append(row("", "in force", "new", "difference"))
        for (name, value) in Self.values {
            let (old, new) = (before[keyPath: value], after[keyPath: value])
            lines.append(row(name, old.grouped, new.grouped, signed(new - old)))
        }
        lines.append(days)
        return lines.map { $0.fitted(80) }
    }

    private static var values: [(String, KeyPath<RehearsalSums, Int64>)] {
        [
            ("parcels", \.parcels), ("cost, minor units", \.cost), ("km", \.kilometers), ("held", \.held),
            ("backordered", \.backordered), ("cancelled lines", \.cancelledLines),
        ]
    }

    /// To deliver, at the latest.
    private var days: String {
        func text(_ tenths: Int64?) -> String { tenths.map { "\(($0 / 10).grouped).\($0 % 10)" } ?? "unknown" }
        let (old, new) = (before.tenthsOfDays, after.tenthsOfDays)
        let difference = old.flatMap { old in new.map { new in (new < old ? "-" : new > old ? "+" : "") + text(abs(new - old)) } }
        return row("working days, ø", text(old), text(new), difference ?? "")
    }

    private func signed(_ value: Int64) -> String { value > 0 ? "+" + value.grouped : value.grouped }

    private func row(_ name: String, _ before: String, _ after: String, _ difference: String) -> String {
        "  \(name.padded(18))\(before.leftPadded(16))\(after.leftPadded(16))\(difference.leftPadded(16))"
    }

    var json: String {
        var json = JSONWriter()
        json.beginObject()
        json.member("since", since)
        json.member("until", until)
        json.member("decisions", decisions)
        json.member("orders", orders)
        json.member("differing", differing)
        json.key("before")
        write(before, to: &json)
        json.key("after")
        write(after, to: &json)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func write(_ sums: RehearsalSums, to json: inout JSONWriter) {
        json.beginObject()
        json.member("parcels", sums.parcels)
        json.member("cost", sums.cost)
        json.member("kilometers", sums.kilometers)
        json.member("daysToDeliver", sums.days)
        json.member("ordersWithDays", sums.dated)
        json.member("held", sums.held)
        json.member("backordered", sums.backordered)
        json.member("cancelledLines", sums.cancelledLines)
        json.endObject()
    }
}

extension Int64 {
    /// `1 order`, `2 orders`.
    func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
