internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// What decisions do to what was kept: leases are used up, and what a channel took counts against its allotment.
struct SourcingKeeps {
    let kept: KeptStock
    let network: NetworkSnapshot

    /// Runs after the decisions are written, under the locks of their stock.
    func settle(_ decided: [SourcingWriter.Decided], in tx: borrowing Transaction, effects: inout Effects) throws {
        try AllotmentStore.count(takings(decided), network: network, in: tx)
        let taken = Dictionary(
            decided.filter { kept.leases[$0.head.key] != nil }.map { ($0.head.key, units(of: $0.decision)) },
            uniquingKeysWith: { first, _ in first }
        )
        let leases = try LeaseStore.takePinned(to: taken.keys.sorted(), in: tx)
        // What a basket held and its order did not take, others may have.
        let freed = leases.flatMap { lease in
            lease.lines.filter { line in line.units > lease.order.flatMap { taken[$0]?[line.sku] } ?? 0 }.map(\.sku)
        }
        effects.sendKept(changed: Set(freed), freed: Set(freed))
    }

    private func units(of decision: SourcingDecision) -> [Int64: Int64] {
        var units: [Int64: Int64] = [:]
        for parcel in decision.parcels { for line in parcel.lines { units[line.sku, default: 0] += line.quantity } }
        return units
    }

    private func takings(_ decided: [SourcingWriter.Decided]) -> [AllotmentStore.Taking] {
        guard !network.allotments.isEmpty else { return [] }
        var units: [KeptStock.Share: Int64] = [:]
        for item in decided {
            for (sku, taken) in self.units(of: item.decision) {
                units[KeptStock.Share(sku: sku, channel: item.head.channel), default: 0] += taken
            }
        }
        return units.map { AllotmentStore.Taking(share: $0.key, units: $0.value) }
    }
}
