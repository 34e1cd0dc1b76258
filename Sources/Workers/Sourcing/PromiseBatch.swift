internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Promises of some SKUs, calculated again: deliveries changed, or somebody began or ended to wait. Whoever's date changed is told.
///
/// One transaction at a time works on a SKU, so that the last one has seen everything that was committed before its message was sent.
struct PromiseBatch {
    /// Orders that are told in one transaction.
    static let ordersPerTransaction = 500

    let skus: [Int64]
    let now: Timestamp

    /// Whether it is another date, or the same from elsewhere and so another day for the customer. Of a promise whose place is not known, the
    /// day is not comparable.
    private static func isNews(_ promise: ToldPromise, after row: WaitingPromises.Row) -> Bool {
        guard promise.promisedAt == row.promisedAt else { return true }
        return promise.word != row.word && (promise.promisedAt == nil || row.promisedFrom != nil)
    }

    func run(shared: SharedState, in tx: borrowing Transaction, effects: inout Effects) throws {
        let network = try shared.network(in: tx)
        try WaitingPromises.lock(skus, in: tx)
        let first = try PromiseCalculation(skus, network: network, now: now, in: tx)
        let news = Set(first.lines.filter(\.isNews).map(\.row.wait.order))
        guard !news.isEmpty else { return }
        let heads = try OrderLocks.lock(Array(news.sorted().prefix(Self.ordersPerTransaction)), in: tx)

        // What changed while the locks were waited for is only seen from here on.
        let second = try PromiseCalculation(skus, network: network, now: now, in: tx)
        let changed = Dictionary(grouping: second.lines.filter(\.isNews), by: \.row.wait.order)
        let told = heads.filter { changed[$0.key] != nil }
        let documents = try OrderDocuments.load(told.map(\.key), in: tx)
        let promises = DeliveryPromises(network: network, now: now)
        var book = EventBook(role: .sourcing, now: now)
        var moved: [OrderLocks.LockedOrder] = []
        var written: [WaitingPromises.Promise] = []
        var delays: [DeliveryDelays.Delay] = []
        for var head in told {
            let document = try documents.of(head.key)
            let sequence = head.eventSequence + 1
            var lines: [Event.Line] = []
            for line in (changed[head.key] ?? []).sorted(by: { $0.row.wait.line < $1.row.wait.line }) {
                let wait = line.row.wait
                let promise = promises.told(line.promise, of: document, to: head.coordinates)
                written.append(promise.written(order: head.key, line: wait.line))
                guard Self.isNews(promise, after: line.row) else { continue }
                var told = document.eventLine(Int(wait.line), quantity: wait.units)
                told.tell(promise)
                told.promisedBefore = line.row.promisedAt
                told.preorder = line.row.preorder
                lines.append(told)
                guard promise.word.isWorse(than: line.row.word) else { continue }
                delays.append(
                    DeliveryDelays.Delay(
                        order: head.key,
                        line: wait.line,
                        known: line.row.word,
                        waits: true,
                        sequence: sequence
                    )
                )
            }
            guard !lines.isEmpty else { continue }
            head.eventSequence = sequence
            let event = Event.OrderPromiseChanged(
                channel: document.channel,
                orderID: document.orderID,
                version: Int64(sequence),
                lines: lines
            )
            book.add(event, order: head.key, sequence: sequence)
            moved.append(head)
        }
        try WaitingPromises.write(written, in: tx)
        try DeliveryDelays.insert(delays, at: now, in: tx)
        try OrderLocks.update(moved, in: tx)
        try book.commit(in: tx, effects: &effects)
        if changed.count > told.count { effects.send(skus, piece: SourcingHandler.promisesPerMessage) { .promise(skus: $0) } }
    }
}
