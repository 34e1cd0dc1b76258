package import Commerce
package import Postgres
internal import Synchronization

/// A process's memory of SKU keys, so that hot SKUs cost no look-up. SKU rows are never deleted, hence nothing here goes stale;
/// only keys that are committed come in.
package final class SKUDirectory: Sendable {
    /// A part of the SKUs, by their hashes: what is full, grows or is asked by another lane is small.
    private final class Part: Sendable {
        let table = Mutex(SKUTable())
    }

    private static let partBits = 6

    private let bytesPerPart: Int
    private let parts: [Part]

    /// - Parameter bytes: how many are used at most; a part of the SKUs that is full is remembered anew. By default enough for a catalog
    ///   of more than a million.
    package init(bytes: Int = 48 << 20) {
        bytesPerPart = bytes >> Self.partBits
        parts = (0..<1 << Self.partBits).map { _ in Part() }
    }

    /// How many SKUs are remembered, and in how many bytes.
    package var size: (skus: Int, bytes: Int) {
        parts.reduce(into: (0, 0)) { size, part in
            part.table.withLock { size = (size.0 + $0.count, size.1 + $0.bytes) }
        }
    }

    /// The keys of `skus`; unknown ones are made in a transaction of their own.
    package func keys(for skus: Set<ExactID>, session: PostgresSession) async throws -> [ExactID: Int64] {
        let list = Array(skus)
        return Dictionary(uniqueKeysWithValues: zip(list, try await keys(of: list.map(\.text), session: session)))
    }

    /// The keys of `skus`, which are distinct, in their order; unknown ones are made in a transaction of their own.
    package func keys(of skus: [String], session: PostgresSession) async throws -> [Int64] {
        var found = [Int64](repeating: 0, count: skus.count)
        var unknown: [Int] = []
        for (place, sku) in skus.enumerated() {
            if let key = key(of: sku) { found[place] = key } else { unknown.append(place) }
        }
        guard !unknown.isEmpty else { return found }
        let asked = unknown.map { skus[$0] }
        let made = try await session.write { tx in try SKUStore.keys(of: asked, in: tx) }
        for (sku, key) in zip(asked, made) { remember(key, of: sku) }
        for (place, key) in zip(unknown, made) { found[place] = key }
        return found
    }

    /// The key of a SKU; `nil` where it is not remembered, which says nothing about whether it exists.
    package func key(of sku: String) -> Int64? {
        with(sku) { table, sku, hash in table.key(of: sku, hash: hash) }
    }

    /// Remembers the key of a SKU, which must be committed.
    package func remember(_ key: Int64, of sku: String) {
        with(sku) { [bytesPerPart] table, sku, hash in
            if table.bytes > bytesPerPart { table.removeAll() }
            table.insert(key, of: sku, hash: hash)
        }
    }

    private func with<Answer: Sendable>(
        _ sku: String,
        _ body: (inout sending SKUTable, UnsafeBufferPointer<UInt8>, Int) -> Answer
    ) -> Answer {
        var sku = sku
        return sku.withUTF8 { sku in
            let hash = SKUTable.hash(sku)
            // The part by the upper bits: the table goes by the lower ones.
            let part = parts[Int(truncatingIfNeeded: UInt(bitPattern: hash) >> (UInt.bitWidth - Self.partBits))]
            return part.table.withLock { body(&$0, sku, hash) }
        }
    }
}
