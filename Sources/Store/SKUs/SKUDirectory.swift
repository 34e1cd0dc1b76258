package import Commerce
package import Postgres
internal import Synchronization

/// A process's memory of SKU keys, so that hot SKUs cost no look-up. SKU rows are never deleted, hence nothing here goes stale;
/// only keys that are committed come in.
package final class SKUDirectory: Sendable {
    private let capacity: Int
    private let keys = Mutex<[ExactID: Int64]>([:])

    /// - Parameter capacity: how many SKUs are remembered at most (about 100 bytes each); past it, memory starts anew.
    package init(capacity: Int = 500_000) { self.capacity = capacity }

    /// The keys of `skus`; unknown ones are made in a transaction of their own.
    package func keys(for skus: Set<ExactID>, session: PostgresSession) async throws -> [ExactID: Int64] {
        var known: [ExactID: Int64] = [:]
        known.reserveCapacity(skus.count)
        var unknown: [String] = []
        keys.withLock { keys in
            for sku in skus {
                if let key = keys[sku] { known[sku] = key } else { unknown.append(sku.text) }
            }
        }
        guard !unknown.isEmpty else { return known }
        let asked = unknown
        let made = try await session.write { tx in try SKUStore.keys(of: asked, in: tx) }
        keys.withLock { keys in
            if keys.count + made.count > capacity { keys.removeAll(keepingCapacity: true) }
            for (sku, key) in zip(asked, made) { keys[ExactID(sku)] = key }
        }
        for (sku, key) in zip(asked, made) { known[ExactID(sku)] = key }
        return known
    }
}
