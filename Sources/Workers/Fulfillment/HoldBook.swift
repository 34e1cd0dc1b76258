internal import Commerce
internal import Postgres
internal import Store

/// The holds of a batch's orders: as they stand, and what its messages change of them.
struct HoldBook {
    /// Why an order is held whose parcels were refused, or not answered, too often.
    static let rounds = "rounds"

    private let stored: [Int64: OrderHolds.Hold]
    private var settled: [Int64: Int64]
    private var held: Set<Int64>
    private var ended: Set<Int64> = []
    private var begun: Set<Int64> = []
    private var begunAndEnded: Set<Int64> = []

    init(of orders: [Int64], in tx: borrowing Transaction) throws {
        stored = try OrderHolds.open(of: orders, in: tx)
        settled = try OrderHolds.settledParcels(of: orders, in: tx)
        held = Set(stored.keys)
    }

    func isHeld(_ order: Int64) -> Bool { held.contains(order) }

    /// The hold that stood when the batch began, and still does.
    func standing(_ order: Int64) -> OrderHolds.Hold? { held.contains(order) && !ended.contains(order) ? stored[order] : nil }

    /// The youngest parcel that an agent has seen; 0 where none has.
    func settledParcel(_ order: Int64) -> Int64 { settled[order] ?? 0 }

    /// Until an agent lets it go.
    mutating func hold(_ order: Int64) {
        held.insert(order)
        begun.insert(order)
        begunAndEnded.remove(order)
    }

    mutating func end(_ order: OrderAggregate) {
        let key = order.head.key
        guard held.remove(key) != nil else { return }
        settled[key] = order.fulfillments.last?.key ?? 0
        if begun.contains(key) { begunAndEnded.insert(key) } else { ended.insert(key) }
    }

    func write(at now: Timestamp, in tx: borrowing Transaction) throws {
        try OrderHolds.end(ended.sorted(), at: now, in: tx)
        _ = try OrderHolds.hold(begun.sorted(), reason: Self.rounds, until: nil, then: .backorder, at: now, in: tx)
        try OrderHolds.end(begunAndEnded.sorted(), at: now, in: tx)
    }
}
