internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// What a batch of blocks and releases comes to, in memory, and the writing of it. The stock rows are locked meanwhile.
struct BlockLedger {
    private struct Entry {
        var message: BlockBatch.Message
        /// `nil` where its location is not known.
        var name: BlockStore.Name?
        var sku: Int64?
    }

    private let entries: [Entry]
    private var inserted: [BlockStore.Name] = []
    private var released: [BlockStore.Name] = []
    private var blocks: [BlockStore.Name: BlockStore.Block] = [:]
    private var changes: [StockChanges.Change] = []
    /// By how much the blocked units of each row change.
    private(set) var changed: [StockPlace: Int64] = [:]

    init(_ messages: [BlockBatch.Message], skus: [ExactID: Int64], network: NetworkSnapshot) {
        entries = messages.map { message in
            switch message {
            case .blocked(let block):
                Entry(
                    message: message,
                    name: network.location(block.location).map { BlockStore.Name(location: $0.key, id: ExactID(block.blockID)) },
                    sku: skus[ExactID(block.sku)]
                )
            case .released(let release):
                Entry(
                    message: message,
                    name: network.location(release.location).map { BlockStore.Name(location: $0.key, id: ExactID(release.blockID)) },
                    sku: nil
                )
            }
        }
    }

    /// The blocks the batch is about.
    var names: [BlockStore.Name] { Set(entries.compactMap(\.name)).sorted() }

    /// The stock rows that may change.
    func places(standing: [BlockStore.Name: BlockStore.Block]) -> Set<StockPlace> {
        var places: Set<StockPlace> = []
        for entry in entries {
            guard let name = entry.name else { continue }
            if let sku = standing[name]?.sku ?? entry.sku { places.insert(StockPlace(sku: sku, location: name.location)) }
        }
        return places
    }

    /// Decides about each message, in their order.
    ///
    /// - Parameters:
    ///   - standing: the blocks as they are, while nobody else may change them.
    ///   - locked: a release of a block that came in only now may find its row missing here: it is tried again.
    mutating func decide(standing: [BlockStore.Name: BlockStore.Block], locked: Set<StockPlace>) -> [Outcome] {
        blocks = standing
        return entries.map { entry in
            guard let name = entry.name else {
                return .retry(MessageRefusal(.unknownLocation, path: "/location", "No location of this id is in the network."))
            }
            switch entry.message {
            case .blocked(let message): return block(message, name: name, sku: entry.sku ?? 0, locked: locked)
            case .released(let message): return release(message, name: name, locked: locked)
            }
        }
    }

    private mutating func block(_ message: StockBlocked, name: BlockStore.Name, sku: Int64, locked: Set<StockPlace>) -> Outcome {
        let digest = ContentDigest.of(message)
        if let standing = blocks[name] {
            return standing.digest == digest
                ? .done(id: message.blockID)
                : .refuse(MessageRefusal(.conflict, path: "/blockId", "The block was given with other content; that stands."))
        }
        blocks[name] = BlockStore.Block(
            name: name,
            digest: digest,
            sku: sku,
            quantity: message.quantity,
            reason: message.reason,
            occurredAt: message.occurredAt
        )
        inserted.append(name)
        change(name, sku: sku, by: message.quantity, kind: .blocked, at: message.occurredAt)
        return .done(id: message.blockID)
    }

    private mutating func release(_ message: StockReleased, name: BlockStore.Name, locked: Set<StockPlace>) -> Outcome {
        guard let block = blocks[name], locked.contains(StockPlace(sku: block.sku, location: name.location)) else {
            return .retry(MessageRefusal(.unknownBlock, path: "/blockId", "The location has no block of this id."))
        }
        let digest = ContentDigest.of(message)
        if let standing = block.release {
            return standing.digest == digest
                ? .done(id: message.blockID)
                : .refuse(MessageRefusal(.conflict, path: "/blockId", "The block was released with other content; that stands."))
        }
        blocks[name]?.release = BlockStore.Release(digest: digest, occurredAt: message.occurredAt)
        released.append(name)
        change(name, sku: block.sku, by: -block.quantity, kind: .released, at: message.occurredAt)
        return .done(id: message.blockID)
    }

    private mutating func change(_ name: BlockStore.Name, sku: Int64, by delta: Int64, kind: StockChanges.Kind, at moment: Timestamp) {
        changed[StockPlace(sku: sku, location: name.location), default: 0] += delta
        changes.append(
            StockChanges.Change(
                sku: sku,
                location: name.location,
                delta: delta,
                occurredAt: moment,
                kind: kind,
                reference: name.id.text
            )
        )
    }

    /// Writes blocks, releases, and what they change of the stock rows.
    func write(in tx: borrowing Transaction) throws {
        try BlockStore.insert(inserted.compactMap { blocks[$0] }, in: tx)
        try BlockStore.release(released.compactMap { blocks[$0] }, in: tx)
        try StockChanges.record(changes, in: tx)
        let rows = changed.filter { $0.value != 0 }.map {
            StockRows.Change(sku: $0.key.sku, location: $0.key.location, units: $0.value)
        }
        try StockRows.block(rows.sorted { ($0.sku, $0.location) < ($1.sku, $1.location) }, in: tx)
    }
}
