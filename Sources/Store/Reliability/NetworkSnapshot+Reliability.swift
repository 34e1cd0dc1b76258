package import Commerce

extension NetworkSnapshot {
    /// Scores from 0 to 1,000 by location key: those of the locations' suppliers, to which locations of which nothing is known yet count as
    /// faultless; a location without a supplier has its own. Empty where nothing is known of any.
    ///
    /// - Parameter records: what is known, by location key.
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
