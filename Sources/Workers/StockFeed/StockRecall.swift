internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Takes reserved units back from orders whose goods may not be sold any more: they wait again, and sourcing looks elsewhere for them.
struct StockRecall {
    private let network: NetworkSnapshot
    private let documents: OrderDocuments
    private let before: [Int64: OrderAggregate]
    private var orders: [Int64: OrderAggregate]
    private var book: EventBook
    private var changed: Set<Int64> = []
    /// Units that are no longer reserved.
    private(set) var released: [StockPlace: Int64] = [:]
    /// The same units, parcel by parcel, for the channels' allotments.
    private var givenBack: [AllotmentStore.GivingBack] = []

    /// Locks the orders.
    init(orders keys: [Int64], network: NetworkSnapshot, now: Timestamp, in tx: borrowing Transaction) throws {
        self.network = network
        before = try OrderAggregate.load(keys, in: tx)
        orders = before
        documents = try OrderDocuments.load(keys, in: tx)
        book = EventBook(role: .stock, now: now)
    }

    /// Takes so many units of a row back: from the youngest order first, of its parcels from the youngest.
    mutating func takeBack(_ place: StockRows.Change) throws {
        var wanted = place.units
        for key in orders.keys.sorted(by: >) where wanted > 0 {
            guard var order = orders[key] else { continue }
            for index in order.fulfillments.indices.reversed() where wanted > 0 && order.fulfillments[index].location == place.location {
                let units = Self.open(order.fulfillments[index], sku: place.sku, atMost: wanted)
                guard !units.isEmpty else { continue }
                let sum = units.reduce(0) { $0 + $1.quantity }
                wanted -= sum
                let share = KeptStock.Share(sku: place.sku, channel: order.head.channel)
                givenBack.append(AllotmentStore.GivingBack(fulfillment: order.fulfillments[index].key, share: share, units: sum))
                try cancel(units, ofParcel: index, in: &order)
                changed.insert(key)
            }
            orders[key] = order
        }
        released[StockPlace(sku: place.sku, location: place.location), default: 0] += place.units - wanted
    }

    /// Open units of a SKU in a parcel, by the lines' places in it, the last line first.
    private static func open(_ parcel: FulfillmentRows.Row, sku: Int64, atMost wanted: Int64) -> [LineUnits] {
        var left = wanted
        var units: [LineUnits] = []
        for (place, line) in parcel.lines.enumerated().reversed() where left > 0 && line.sku == sku && line.open > 0 {
            let taken = min(left, line.open)
            units.append(LineUnits(line: place, quantity: taken))
            left -= taken
        }
        return units.reversed()
    }

    private mutating func cancel(_ units: [LineUnits], ofParcel index: Int, in order: inout OrderAggregate) throws {
        var parcel = order.fulfillments[index]
        let document = try documents.of(order.head.key)
        parcel.state = parcel.state.applying(.cancel(units)).result(from: parcel.state)
        order.fulfillments[index] = parcel
        let lines = units.map { LineUnits(line: Int(parcel.lines[$0.line].line), quantity: $0.quantity) }
        order.state = order.state.applying(.release(lines)).result(from: order.state)
        let sequence = order.nextEvent()
        let id = FulfillmentID.text(parcel.key)
        let location = network.location(key: parcel.location)?.location
        book.add(
            Event.FulfillmentCancelled(
                fulfillmentID: id,
                channel: document.channel,
                orderID: document.orderID,
                location: location?.id ?? "",
                lines: lines.map { document.eventLine($0.line, quantity: $0.quantity) },
                reason: ParcelWithdrawal.blocked.reason
            ),
            order: order.head.key,
            sequence: sequence,
            reference: id,
            detail: ParcelWithdrawal.blocked.detail,
            mandatory: location?.queue ?? false
        )
    }

    /// Writes the orders and gives their units back to the rows, which are locked. Sourcing is to look at the orders, and to tell of those for
    /// which it finds nothing.
    func write(in tx: borrowing Transaction, effects: inout Effects) throws {
        guard !changed.isEmpty else { return }
        let keys = changed.sorted()
        try OrderAggregate.save(keys.compactMap { orders[$0] }, before: before, in: tx)
        let rows = released.filter { $0.value > 0 }.map {
            StockRows.Change(sku: $0.key.sku, location: $0.key.location, units: -$0.value)
        }
        try StockRows.reserve(rows.sorted { ($0.sku, $0.location) < ($1.sku, $1.location) }, in: tx)
        try AllotmentStore.giveBack(givenBack, in: tx)
        try CapacityStore.settle(keys.compactMap { orders[$0] }, before: before, in: tx)
        try book.commit(in: tx, effects: &effects)
        effects.send(keys, piece: SourcingHandler.returnedPerMessage) { .source(orders: $0) }
        effects.send(Set(rows.map(\.sku)).sorted(), piece: StockFeedHandler.changesPerMessage) { .availability(skus: $0) }
    }
}
