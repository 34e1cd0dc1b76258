package import Commerce
package import Postgres

/// An order with all that its commands look at and change: under its row lock, for one transaction.
package struct OrderAggregate: Sendable {
    package var head: OrderLocks.LockedOrder
    package var state: OrderState
    /// SKU keys by line.
    package var skus: [Int64]
    /// Oldest first.
    package var fulfillments: [FulfillmentRows.Row]
    /// Lines whose customer has not been told yet that they wait again, with the last word on the parcels they were in.
    private var untold: [Int: DeliveryWord] = [:]

    /// Takes the order's next event number.
    package mutating func nextEvent() -> Int32 {
        head.eventSequence += 1
        return head.eventSequence
    }

    package func fulfillmentIndex(_ key: Int64) -> Int? { fulfillments.firstIndex { $0.key == key } }

    /// Locks and loads the orders, by key; keys that are not there are left out.
    package static func load(_ keys: [Int64], in tx: borrowing Transaction) throws -> [Int64: OrderAggregate] {
        let rows = try tx.ask(OrderLocks.lock(keys), OrderLines.of(keys), WaitingLines.of(keys), FulfillmentRows.of(keys))
        let heads = rows.0
        let lines = Dictionary(grouping: rows.1, by: \.order)
        let waiting = Dictionary(grouping: rows.2, by: \.order)
        let fulfillments = Dictionary(grouping: rows.3, by: \.order)
        var aggregates: [Int64: OrderAggregate] = [:]
        for head in heads {
            guard let status = OrderStatus(rawValue: head.status) else { throw StoreError.unreadable("order status") }
            let own = lines[head.key] ?? []
            let parcels = fulfillments[head.key] ?? []
            aggregates[head.key] = OrderAggregate(
                head: head,
                state: OrderState(
                    status: status,
                    lines: quantities(own, status: status, waiting: waiting[head.key] ?? [], parcels: parcels)
                ),
                skus: own.map(\.sku),
                fulfillments: parcels,
                untold: Dictionary(
                    (waiting[head.key] ?? []).filter { !$0.isTold }.map { (Int($0.line), $0.word) },
                    uniquingKeysWith: { first, _ in first }
                )
            )
        }
        return aggregates
    }

    /// Writes what changed back: orders, their waiting lines and cancelled units, and their parcels. Lines that wait for more than before
    /// have to be told to the customer by whoever sources the order next. Parcels that are not in `before` are left to the caller.
    ///
    /// - Parameter before: the same orders as they were loaded.
    package static func save(_ orders: [OrderAggregate], before: [Int64: OrderAggregate], in tx: borrowing Transaction) throws {
        let ordered = orders.sorted { $0.head.key < $1.head.key }
        var heads = ordered.map(\.head)
        for index in heads.indices { heads[index].status = ordered[index].state.status.rawValue }
        try OrderLocks.update(heads, in: tx)

        var cancelled: [(order: Int64, line: Int32, cancelled: Int64)] = []
        var rewaiting: [Int64] = []
        var needs: [WaitingLines.Need] = []
        var parcels: [FulfillmentRows.Row] = []
        for var order in ordered {
            guard let old = before[order.head.key] else { continue }
            for (line, quantities) in order.state.lines.enumerated() where quantities.waiting > old.state.lines[line].waiting {
                order.noteLoss(of: line, since: old)
            }
            for (line, quantities) in order.state.lines.enumerated() where quantities.cancelled != old.state.lines[line].cancelled {
                cancelled.append((order.head.key, Int32(line), quantities.cancelled))
            }
            if order.rowsOfWaiting != old.rowsOfWaiting {
                rewaiting.append(order.head.key)
                needs += order.rowsOfWaiting
            }
            for (new, known) in zip(order.fulfillments, old.fulfillments)
            where new != known {
                parcels.append(new)
            }
        }
        try OrderLines.setCancelled(cancelled, in: tx)
        try WaitingLines.replace(of: rewaiting, by: needs, in: tx)
        try FulfillmentRows.update(parcels, in: tx)
    }

    /// Units of a line are in no parcel any more. The last day that was told of them counts.
    private mutating func noteLoss(of line: Int, since old: OrderAggregate) {
        var days = [untold[line]?.day]
        for (new, known) in zip(fulfillments, old.fulfillments) {
            for (units, before) in zip(new.lines, known.lines) where Int(units.line) == line && units.cancelled > before.cancelled {
                days.append(known.delivery?.latest)
            }
        }
        untold[line] = DeliveryWord(days.compactMap { $0 }.max())
    }

    /// The rows that keep what the order waits for: none before sourcing has looked at it, since then everything waits.
    private var rowsOfWaiting: [WaitingLines.Need] {
        guard state.status != .paymentPending, state.status != .accepted else { return [] }
        return state.lines.enumerated().compactMap { line, quantities in
            guard quantities.waiting > 0 else { return nil }
            return WaitingLines.Need(
                order: head.key,
                line: Int32(line),
                sku: skus[line],
                quantity: quantities.waiting,
                isTold: untold[line] == nil,
                word: untold[line] ?? .unknown
            )
        }
    }

    private static func quantities(
        _ lines: [OrderLines.Line],
        status: OrderStatus,
        waiting: [WaitingLines.Need],
        parcels: [FulfillmentRows.Row]
    ) -> [LineQuantities] {
        var result = lines.map { LineQuantities(waiting: 0, cancelled: $0.cancelled) }
        for parcel in parcels {
            for line in parcel.lines {
                result[Int(line.line)].reserved += parcel.held(line)
                result[Int(line.line)].shipped += parcel.delivered(line)
            }
        }
        if status == .paymentPending || status == .accepted {
            for (index, line) in lines.enumerated() { result[index].waiting = line.quantity - line.cancelled }
        } else {
            for need in waiting { result[Int(need.line)].waiting = need.quantity }
        }
        return result
    }
}
