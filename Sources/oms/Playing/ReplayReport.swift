internal import Simulation
internal import Store

/// The replay's result for a person: where every row went, and what became of the orders.
struct ReplayReport {
    let result: Replay.Result

    var addsUp: Bool { result.counts.accounted == result.counts.rows }

    var text: [String] { rows + [""] + messages + [""] + outcome + [""] + AuditVerdict.lines(result.findings) }

    private var rows: [String] {
        let table = result.counts.table.map { line($0.destination.rawValue, $0.rows) }
        let sum = "\(result.counts.accounted.grouped) of \(result.counts.rows.grouped) rows are accounted for"
        return ["Where the rows went"] + table
            + [
                line(
                    addsUp ? "all rows, each counted once" : "MISSING",
                    addsUp ? result.counts.rows : result.counts.rows - result.counts.accounted
                )
            ]
            + (addsUp ? [] : [sum])
    }

    private var messages: [String] {
        let tally = result.tally
        var lines = ["Messages sent, the played locations' included"]
        lines += tally.sent.sorted { $0.key < $1.key }.map { line($0.key, $0.value) }
        let refused = tally.refused.sorted { $0.key < $1.key }.map { line("refused: \($0.key)", $0.value) }
        return lines + (refused.isEmpty ? [line("refused", 0)] : refused)
    }

    private var outcome: [String] {
        let figures = result.figures
        return [
            "What became of the orders",
            line("orders", Int(figures.orders)),
            line("completed", Int(figures.completed)),
            line("split, into \(figures.splitParcels.grouped) parcels", Int(figures.splitOrders)),
            line("backordered, \(figures.backorderedAndFilled.grouped) of them filled later", Int(figures.backordered)),
            line("still waiting for stock", Int(figures.waiting)),
            line("cancelled whole", Int(figures.cancelledWhole)),
            line("cancelled in part", Int(figures.cancelledInPart)),
            line("parcels", Int(figures.parcels)),
            line("shipments", Int(figures.shipments)),
            line("invoices\(figures.invoices.first.map { ", " + AmountText.of($0.total, "GBP") } ?? "")", Int(figures.invoicesInAll)),
            line("mails", Int(figures.mailsInAll)),
            "",
            "From the first order on, in \(result.duration.inSeconds.short) s",
        ] + PaceText.lines(figures)
    }

    private func line(_ name: String, _ count: Int) -> String { "  \(name.fitted(64).padded(64))\(count.grouped.leftPadded(12))" }
}
