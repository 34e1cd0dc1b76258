internal import Commerce
package import Messages
internal import Postgres
internal import Store

/// The events of a transaction's orders: numbered, remembered for the orders' stories, and sent with the transaction.
struct EventBook {
    private let role: EventRole
    private let now: Timestamp
    private var entries: [OrderEventStore.Entry] = []
    private(set) var messages: [OutboxMessage] = []

    init(role: EventRole, now: Timestamp) {
        self.role = role
        self.now = now
    }

    /// Adds an event under the order's next number, which the caller took under the order's row lock.
    ///
    /// - Parameters:
    ///   - reference: the parcel, shipment, invoice … it is about, for the order's story.
    ///   - detail: what the story tells beside: a reason, or the days of a delivery.
    ///   - mandatory: whether a queue must take it.
    mutating func add(
        _ data: some OrderEventData,
        order: Int64,
        sequence: Int32,
        reference: String? = nil,
        detail: String? = nil,
        mandatory: Bool = false
    ) {
        entries.append(OrderEventStore.Entry(order: order, sequence: sequence, type: data.type, reference: reference, detail: detail))
        let event = OutboundEvent(data, sequence: Int64(sequence), time: now, role: role)
        messages.append(OutboxMessage(event, mandatory: mandatory))
    }

    /// Writes the entries and hands the messages over.
    func commit(in tx: borrowing Transaction, effects: inout Effects) throws {
        try OrderEventStore.insert(entries, at: now, in: tx)
        for message in messages { effects.send(message) }
    }
}

extension OutboxMessage {
    init(_ event: OutboundEvent, mandatory: Bool = false) {
        self.init(
            exchange: OutboundEvent.exchange,
            routingKey: event.routingKey,
            mandatory: mandatory,
            contentType: OutboundEvent.contentType,
            type: event.type.rawValue,
            messageID: event.id,
            body: event.body
        )
    }

    /// Work for another role; its queue must be there.
    init(_ work: WorkMessage) {
        self.init(
            exchange: WorkMessage.exchange,
            routingKey: work.routingKey,
            mandatory: true,
            type: work.routingKey,
            messageID: "",
            body: work.json()
        )
    }
}

extension Effects {
    /// Sends work in pieces, so that no message and no transaction it leads to grows without bound.
    package mutating func send(_ keys: [Int64], piece: Int, _ work: ([Int64]) -> WorkMessage) {
        var start = keys.startIndex
        while start < keys.endIndex {
            let end = min(start + piece, keys.endIndex)
            send(OutboxMessage(work(Array(keys[start..<end]))))
            start = end
        }
    }
}
