internal import Commerce
internal import Documents
internal import Simulation

/// What needs no server: pure computing on one core.
extension Measurements {
    /// The routing engine: how fast, and how near to the best.
    mutating func decisions(round: Int) {
        let seed = UInt64(round)
        let least = isQuick ? 0.5 : 1.0
        for (name, shape) in [("decisions_basket_per_s", BenchRouting.Shape.basket), ("decisions_large_per_s", .large)] {
            let problem = BenchRouting(shape, seed: seed)
            figures.add(name, ThreadClock.rate(atLeast: least) { problem.decide().decisions })
        }
        let problems = isQuick ? 5 : 20
        let gaps = (0..<problems).flatMap { number in
            let problem = BenchRouting(.gap, seed: seed * 1_000 + UInt64(number))
            return BenchRouting.gapObjectives.compactMap { problem.gap($0) }
        }
        if !gaps.isEmpty { figures.add("decision_gap_percent", gaps.reduce(0, +) / Double(gaps.count) * 100) }
    }

    /// (i) Invoices as XML and PDF.
    mutating func documents(round: Int) throws {
        let invoices = try BenchInvoices.make(50, seed: UInt64(round), placedAt: now)
        let renderer = InvoiceRenderer()
        let rate = try ThreadClock.rate(atLeast: isQuick ? 1 : 2) {
            for invoice in invoices {
                _ = UBLInvoice.xml(for: invoice)
                _ = try renderer.pdf(invoice)
            }
            return invoices.count
        }
        figures.add("documents_per_s", rate)
    }
}
