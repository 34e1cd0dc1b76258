internal import Commerce
internal import Simulation
internal import Store

/// The demo's result for a person: at most 80 characters a line.
struct DemoReport {
    let result: Demo.Result

    var text: [String] { summary + [""] + figures + example + [""] + result.scenes + [""] + AuditVerdict.lines(result.findings) }

    private var summary: [String] {
        [
            "A shop's day: \(result.facts.orders.grouped) orders of \(result.facts.lines.grouped) lines, \(result.facts.units.grouped) units"
        ] + PaceText.lines(result.figures)
    }

    private var figures: [String] {
        let (figures, facts, tally) = (result.figures, result.facts, result.tally)
        var rows: [(String, Int64, String)] = [
            ("orders", figures.orders, "\(figures.completed.grouped) completed; \(facts.repeated.grouped) came twice, to no effect"),
            ("split", figures.splitOrders, "into \(figures.splitParcels.grouped) parcels"),
            ("parcels", figures.parcels, "which left in \(figures.shipments.grouped) shipments"),
            (
                "backordered", figures.backordered,
                "\(figures.backorderedAndFilled.grouped) filled when stock came, \(figures.waiting.grouped) still waiting"
            ),
            ("cancelled", figures.cancelledWhole, "whole, and \(figures.cancelledInPart.grouped) in part"),
            ("payments", Int64(facts.paymentsPending), "later; \(facts.paymentsFailed.grouped) failed and cancelled their order"),
            ("invoices", figures.invoicesInAll, amounts),
        ]
        rows.append(("mails", figures.mailsInAll, ""))
        rows += figures.mails.map { ("  " + $0.name.replacing("_", with: " "), $0.count, "") }
        let others = tally.refused.values.reduce(0, +) + tally.notRefusedAsExpected
        rows.append(
            (
                "dead letters", Int64(tally.refusedAsExpected + others),
                others == 0
                    ? "as expected: broken, or not handled yet" : "\(others.grouped) not as expected: `oms dead list`"
            )
        )
        return rows.map { name, count, remark in
            "  \(name.padded(22))\(count.grouped.leftPadded(9))\(remark.isEmpty ? "" : "  " + remark)"
        }
    }

    private var amounts: String {
        let currencies = Dictionary(
            uniqueKeysWithValues: ShopNetwork.network.channels.map { ($0.id, $0.currency) }
        )
        return result.figures.invoices.map { AmountText.of($0.total, currencies[$0.channel] ?? "") }.joined(separator: " and ")
    }

    private var example: [String] {
        guard let example = result.example else { return ["", "No order was split, shipped, invoiced and mailed: take more --orders."] }
        var lines = ["", "One order's way (`oms order show` tells it of any):", ""]
        lines += OrderPage(story: example.story, network: example.network).text
        lines.append("")
        if let document = example.document { lines += ["Its invoice:", "  \(document)"] }
        if let mail = example.mail { lines += ["The mail that brought it:", "  \(mail)"] }
        return lines
    }
}

/// How long a run took to get its orders how far, and how many a second that is.
enum PaceText {
    static func lines(_ figures: RunFigures) -> [String] {
        let pace = figures.pace
        return [("sourced", pace.sourced), ("shipped and invoiced", pace.invoiced), ("every mail sent", pace.mailed)].map {
            name,
            duration in
            let seconds = duration.inSeconds
            let rate = seconds > 0 ? Double(figures.orders) / seconds : 0
            return "  \(name.padded(22))after \(seconds.short.leftPadded(6)) s  = \(rate.short.leftPadded(6)) orders/s"
        }
    }
}

/// What the audit found, in a few lines.
enum AuditVerdict {
    static func lines(_ findings: [AuditStore.Finding]) -> [String] {
        let broken = findings.filter { $0.violations > 0 }
        guard !broken.isEmpty else { return ["The audit: all \(findings.count) laws hold. Nothing was lost, doubled or oversold."] }
        return ["The audit: \(broken.count) of \(findings.count) laws are BROKEN."]
            + broken.flatMap { finding in
                ["  \(finding.law.name): \(finding.violations.grouped) violations", "    \(finding.law.sentence)"]
                    + finding.examples.map { "    - \(Terminal.safe($0))" }
            }
    }

    static func violations(_ findings: [AuditStore.Finding]) -> Int64 { findings.reduce(0) { $0 + $1.violations } }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

extension Double {
    /// One decimal below 100, none above; thousands grouped.
    var short: String {
        guard self < 100 else { return Int64(rounded()).grouped }
        let tenths = Int64((self * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
