internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// What becomes of a decision beside parcels: rules hold orders and cancel units; and why it is so is kept, with what the order found.
struct RoutingOutcomes {
    private let network: NetworkSnapshot
    private let now: Timestamp
    /// Locations that ship for certain customers only.
    private let reserved: [NetworkSnapshot.KeyedLocation]
    /// The orders of which something is cancelled, as they were before.
    private let orders: [Int64: OrderAggregate]
    private var cancelled: [(order: Int64, line: Int32, cancelled: Int64)] = []
    private var holds: [Hold: [Int64]] = [:]
    private var decisions: [DecisionStore.Row] = []

    private struct Hold: Hashable {
        var reason: String
        var until: Timestamp?
        var outcome: OrderHolds.Outcome
    }

    /// Loads what it needs, before anything is written.
    init(_ decided: [SourcingWriter.Decided], network: NetworkSnapshot, now: Timestamp, in tx: borrowing Transaction) throws {
        self.network = network
        self.now = now
        reserved = network.locations.filter { !$0.terms.customers.isEmpty }
        let keys = decided.filter { $0.routed?.live.decision.cancelled != nil }.map(\.head.key)
        orders = keys.isEmpty ? [:] : try OrderAggregate.load(keys, in: tx)
    }

    /// Tells what rules did to an order beside sourcing it, and gives the status it has then; `nil`: the one that sourcing leads to.
    ///
    /// - Parameter sequence: the order's newest event before this decision.
    mutating func tell(
        _ item: SourcingWriter.Decided,
        head: inout OrderLocks.LockedOrder,
        after sequence: Int32,
        document: PlacedOrder,
        book: inout EventBook
    ) throws -> OrderStatus? {
        keep(item, sequence: sequence + 1, document: document)
        guard let routed = item.routed else { return nil }
        if let held = routed.live.decision.held {
            tellHeld(held, routed.live.decision.record, head: &head, document: document, book: &book)
        }
        return try routed.live.decision.cancelled.map { cancellation in
            try tellCancelled(cancellation, of: item, head: &head, document: document, book: &book)
        }
    }

    /// Under the locks of the orders, once their other rows are written.
    func write(in tx: borrowing Transaction) throws {
        try OrderLines.setCancelled(cancelled, in: tx)
        // As many statements as there are rules that hold.
        for (hold, orders) in holds.sorted(by: { $0.value[0] < $1.value[0] }) {
            _ = try OrderHolds.hold(orders, reason: hold.reason, until: hold.until, then: hold.outcome, at: now, in: tx)
        }
        try DecisionStore.insert(decisions, in: tx)
    }

    private mutating func tellHeld(
        _ held: RoutingHeld,
        _ record: RoutingRecord,
        head: inout OrderLocks.LockedOrder,
        document: PlacedOrder,
        book: inout EventBook
    ) {
        let why = record.shortfall == .splitLimits ? "not without breaking the split limits" : "not enough stock within the fences"
        let reason = "\(record.endedBy ?? record.strategy ?? ""): \(why)"
        let until = held.timeOutMinutes.map { Timestamp(rawValue: now.rawValue + $0 * 60_000_000) }
        holds[Hold(reason: reason, until: until, outcome: .ruled), default: []].append(head.key)
        head.eventSequence += 1
        let event = Event.OrderHeld(
            channel: document.channel,
            orderID: document.orderID,
            version: Int64(head.eventSequence),
            reason: reason,
            lines: held.lines.map { document.eventLine(Int($0.line), quantity: $0.quantity) }
        )
        book.add(event, order: head.key, sequence: head.eventSequence)
    }

    private mutating func tellCancelled(
        _ cancellation: RoutingCancellation,
        of item: SourcingWriter.Decided,
        head: inout OrderLocks.LockedOrder,
        document: PlacedOrder,
        book: inout EventBook
    ) throws -> OrderStatus {
        guard let order = orders[head.key] else { throw StoreError.vanished("order") }
        let sourced = item.decision.parcels.flatMap { $0.lines.map { LineUnits(line: Int($0.line), quantity: $0.quantity) } }
        let dropped = cancellation.lines.map { LineUnits(line: Int($0.line), quantity: $0.quantity) }
        var state = order.state.applying(.source(sourced)).result(from: order.state)
        let before = state
        state = state.applying(.cancel(waiting: dropped, reserved: [])).result(from: state)
        for (line, quantities) in state.lines.enumerated() where quantities.cancelled != before.lines[line].cancelled {
            cancelled.append((head.key, Int32(line), quantities.cancelled))
        }
        head.eventSequence += 1
        let event = Event.OrderCancelled(
            channel: document.channel,
            orderID: document.orderID,
            version: Int64(head.eventSequence),
            lines: document.cancelledLines(from: before, to: state),
            reason: cancellation.reason
        )
        book.add(event, order: head.key, sequence: head.eventSequence)
        guard state.status.isClosed else { return state.applying(.backorder).result(from: state).status }
        head.eventSequence += 1
        let completed = Event.OrderCompleted(
            channel: document.channel,
            orderID: document.orderID,
            version: Int64(head.eventSequence)
        )
        book.add(completed, order: head.key, sequence: head.eventSequence)
        return state.status
    }

    private mutating func keep(_ item: SourcingWriter.Decided, sequence: Int32, document: PlacedOrder) {
        guard let sight = item.sight else { return }
        func row(_ content: DecisionContent, cost: Int64) -> DecisionStore.Row {
            DecisionStore.Row(
                order: item.head.key,
                sequence: sequence,
                isShadow: false,
                network: network.version,
                decidedAt: now,
                cost: cost,
                content: content
            )
        }
        var live: DecisionStore.Row
        if let routed = item.routed {
            live = row(DecisionContent(routed.live.decision), cost: routed.live.cost)
        } else {
            let closed = reserved.filter { !$0.terms.serves(document.customer.id) }.map { Int64($0.key) }
            let record = sight.record(
                of: item.decision,
                to: item.head.coordinates,
                closed: Set(closed),
                locations: network.sourcing
            )
            let cost = network.cost(of: item.decision.parcels, document: document, to: item.head.coordinates)
            live = row(DecisionContent(item.decision, record: record), cost: cost)
        }
        live.sight = sight
        decisions.append(live)
        guard let routed = item.routed, let shadow = routed.shadow else { return }
        var beside = row(DecisionContent(shadow.decision), cost: shadow.cost)
        beside.isShadow = true
        beside.differs = routed.differs
        decisions.append(beside)
    }
}
