package import Postgres
package import Store
internal import Synchronization

/// What the lanes of a process share: the network as last seen, and the SKUs' keys.
package final class SharedState: Sendable {
    package let skus = SKUDirectory()
    private let snapshot = Mutex<NetworkSnapshot?>(nil)

    package init() {}

    /// The network as of this transaction: the copy in memory where its version still stands, else read again.
    package func network(in tx: borrowing Transaction) throws -> NetworkSnapshot {
        try network(version: try tx.ask(NetworkStore.version), in: tx)
    }

    /// The same, for whoever asked for the version together with something else.
    func network(version: Int64, in tx: borrowing Transaction) throws -> NetworkSnapshot {
        if let known = snapshot.withLock({ $0 }), known.version == version { return known }
        let fresh = try NetworkStore.load(in: tx)
        snapshot.withLock { $0 = fresh }
        return fresh
    }
}
