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
        let list = Array(skus)
        return Dictionary(uniqueKeysWithValues: zip(list, try await keys(of: list.map(\.text), session: session)))
    }

    /// The keys of `skus`, which are distinct, in their order; unknown ones are made in a transaction of their own.
    package func keys(of skus: [String], session: PostgresSession) async throws -> [Int64] {
        var found = [Int64](repeating: 0, count: skus.count)
        var unknown: [Int] = []
        keys.withLock { keys in
            for (place, sku) in skus.enumerated() {
                if let key = keys[ExactID(sku)] { found[place] = key } else { unknown.append(place) }
            }
        }
        guard !unknown.isEmpty else { return found }
        let asked = unknown.map { skus[$0] }
        let made = try await session.write { tx in try SKUStore.keys(of: asked, in: tx) }
        keys.withLock { keys in
            if keys.count + made.count > capacity { keys.removeAll(keepingCapacity: true) }
            for (sku, key) in zip(asked, made) { keys[ExactID(sku)] = key }
        }
        for (place, key) in zip(unknown, made) { found[place] = key }
        return found
    }
}
