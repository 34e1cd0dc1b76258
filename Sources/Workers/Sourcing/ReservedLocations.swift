internal import Commerce
internal import Postgres
internal import Store

/// Locations that ship for certain customers only, where no routing rules look at that: closed to everybody else.
struct ReservedLocations {
    /// By order, the locations that do not ship it.
    private var closed: [Int64: [Int64]] = [:]

    /// Costs nothing where the network has no such location, or where rules are in force, which keep them out themselves and say why.
    init(_ heads: [OrderLocks.LockedOrder], network: NetworkSnapshot, in tx: borrowing Transaction) throws {
        let rules = network.settings.rules
        guard rules.live.isEmpty, (rules.shadow ?? []).isEmpty else { return }
        let reserved = network.locations.filter { !$0.terms.customers.isEmpty }
        guard !reserved.isEmpty else { return }
        let documents = try OrderDocuments.load(heads.map(\.key), in: tx)
        for head in heads {
            let customer = try documents.of(head.key).customer.id
            closed[head.key] = reserved.filter { !$0.terms.serves(customer) }.map { Int64($0.key) }
        }
    }

    /// The locations that do not ship an order.
    func closed(to order: Int64) -> [Int64] { closed[order] ?? [] }
}
