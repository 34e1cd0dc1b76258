package import Commerce

extension NetworkSnapshot {
    /// What is known of a supplier's locations, those among them of which nothing is known yet; `nil`: of one without a supplier.
    package func supplierScores(_ records: [Int32: LocationReliability], at moment: Timestamp) -> [Int32: Int64] {
        guard !records.isEmpty else { return [:] }
        var scores: [Int32: Int64] = [:]
        for (supplier, entries) in Dictionary(grouping: locations, by: \.location.supplier) {
            let known = entries.map { records[$0.key] ?? LocationReliability(updatedAt: moment) }
            let shared = supplier.map { _ in SupplierReliability.score(of: known, at: moment) }
            for (entry, record) in zip(entries, known) { scores[entry.key] = shared ?? record.score(at: moment) }
        }
        return scores
    }
}
