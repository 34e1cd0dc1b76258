internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Accepts a batch's orders: one transaction, a constant number of statements.
struct OrderIntake {
    let network: NetworkSnapshot
    let skus: [ExactID: Int64]
    /// Keys for the orders, ascending; at least as many as there are orders.
    let keys: [Int64]
    let now: Timestamp

    private struct Name: Hashable {
        var channel: Int32
        var id: ExactID
    }

    /// Gives the baskets that new orders were placed with.
    func accept(
        _ items: [IntakeHandler.Item],
        outcomes: inout [Outcome],
        in tx: borrowing Transaction,
        effects: inout Effects
    ) throws -> [(basket: LeaseStore.Name, order: Int64)] {
        var orders: [OrderInsert.NewOrder] = []
        var stores: [StorePlaces] = []
        var places: [Name: Int] = [:]
        // For each new order, the items that named it: the first made it, the others repeat or contradict it.
        var origins: [[Int]] = []
        for (index, item) in items.enumerated() {
            guard case .order(let checked) = item else { continue }
            do {
                let order = try admitted(checked)
                let store = try StorePlaces(of: checked.order, network: network)
                let name = Name(channel: order.channel, id: ExactID(order.order.orderID))
                if let place = places[name] {
                    origins[place].append(index)
                } else {
                    places[name] = orders.count
                    orders.append(order.going(to: store.pickup))
                    stores.append(store)
                    origins.append([index])
                }
            } catch {
                outcomes[index] = error.code == .unknownLocation ? .retry(error) : .refuse(error)
            }
        }
        guard !orders.isEmpty else { return [] }
        try locate(&orders, in: tx)
        let results = try OrderInsert.insert(orders, keys: Array(keys.prefix(orders.count)), acceptedAt: now, in: tx)
        var book = EventBook(role: .intake, now: now)
        var ready: [(key: Int64, lines: Int)] = []
        var fresh: [(key: Int64, places: StorePlaces, skus: [Int64])] = []
        for (place, result) in results.enumerated() {
            let order = orders[place]
            let standing: [UInt8]
            switch result {
            case .inserted(let key):
                standing = order.digest
                let event = Event.OrderAccepted(channel: order.order.channel, orderID: order.order.orderID, version: 1)
                book.add(event, order: key, sequence: 1)
                if order.status == OrderStatus.accepted.rawValue { ready.append((key, order.skus.count)) }
                fresh.append((key, stores[place], order.skus))
            case .existed(_, let digest):
                standing = digest
            }
            for index in origins[place] {
                guard case .order(let checked) = items[index] else { continue }
                outcomes[index] =
                    checked.digest == standing
                    ? .done(id: checked.order.orderID)
                    : .refuse(
                        MessageRefusal(.conflict, path: "/orderId", "The channel has placed another order under this id; that one stands.")
                    )
            }
        }
        try StorePlaces.write(fresh, in: tx)
        try book.commit(in: tx, effects: &effects)
        for piece in Self.pieces(ready) { effects.send(OutboxMessage(.source(orders: piece))) }
        return zip(orders, results).compactMap { order, result in
            guard let basket = order.order.basketID, case .inserted(let key) = result else { return nil }
            return (LeaseStore.Name(channel: order.channel, basket: basket), key)
        }
    }

    /// What sourcing gets in one message: bounded in orders and in lines, since orders stay locked while their lines are decided.
    private static func pieces(_ orders: [(key: Int64, lines: Int)]) -> [[Int64]] {
        var pieces: [[Int64]] = []
        var lines = 0
        for order in orders {
            if pieces.isEmpty || pieces[pieces.count - 1].count == SourcingHandler.ordersPerMessage
                || lines + order.lines > SourcingHandler.linesPerMessage
            {
                pieces.append([])
                lines = 0
            }
            pieces[pieces.count - 1].append(order.key)
            lines += order.lines
        }
        return pieces
    }

    /// An address without coordinates lies where its postal code does; where that is not known, in the middle of its country.
    private func locate(_ orders: inout [OrderInsert.NewOrder], in tx: borrowing Transaction) throws {
        let unplaced = orders.indices.filter { orders[$0].coordinates == nil }
        guard !unplaced.isEmpty else { return }
        let addresses = unplaced.map { orders[$0].order.shippingAddress }
        let found = try PostalCodeStore.coordinates(of: addresses.map { ($0.country, $0.postalCode) }, in: tx)
        for (place, index) in unplaced.enumerated() {
            orders[index].coordinates = found[place] ?? CountryCenter.coordinates(of: addresses[place].country)
        }
    }

    /// The order, checked against the network.
    private func admitted(_ checked: IntakeHandler.CheckedOrder) throws(MessageRefusal) -> OrderInsert.NewOrder {
        let order = checked.order
        guard let channel = network.channel(order.channel) else {
            throw MessageRefusal(.unknownChannel, path: "/channel", "No channel of this id is in the network.")
        }
        do {
            try order.checkCurrency(of: channel.channel)
            try order.checkTaxCategories(sellerCountry: channel.seller.country)
        } catch {
            throw MessageRefusal(error)
        }
        let isPending = order.payments.contains { $0.status == .pending }
        return OrderInsert.NewOrder(
            channel: channel.key,
            order: order,
            document: checked.document,
            digest: checked.digest,
            status: (isPending ? OrderStatus.paymentPending : .accepted).rawValue,
            coordinates: order.shippingAddress.coordinates,
            skus: order.lines.map { skus[ExactID($0.sku)] ?? 0 }
        )
    }
}

extension OrderInsert.NewOrder {
    /// Goods of an order that is collected travel to the store.
    fileprivate func going(to pickup: NetworkSnapshot.KeyedLocation?) -> OrderInsert.NewOrder {
        guard let pickup else { return self }
        var order = self
        order.coordinates = pickup.location.coordinates ?? CountryCenter.coordinates(of: pickup.location.country)
        return order
    }
}
