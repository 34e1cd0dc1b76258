internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// Requests to locations, told again: the same event id and time as the first time, so that a location which knows it leaves it alone,
/// and the units that are still open, so that one which does not know it ships nothing twice and nothing cancelled.
enum ResentRequests {
    private static let page = 500

    /// Hands the requests to the relay; gives how many.
    static func send(location: NetworkSnapshot.KeyedLocation?, keys: [Int64]?, network: NetworkSnapshot, session: PostgresSession)
        async throws -> Int
    {
        var (sent, last): (Int, Int64) = (0, 0)
        let locationKey = location?.key
        while true {
            let after = last
            let page = try await session.write { tx in
                let parcels = try OpenFulfillment.page(location: locationKey, keys: keys, after: after, limit: Self.page, in: tx)
                let documents = try OrderLocks.documents(of: Array(Set(parcels.map(\.order))), in: tx)
                let messages = try parcels.compactMap { parcel -> OutboxMessage? in
                    guard let document = documents[parcel.order] else { throw StoreError.vanished("order document") }
                    return try message(parcel, order: PlacedOrder(json: document), network: network)
                }
                if !messages.isEmpty { try OutboxStore.insert(messages, in: tx) }
                return (count: messages.count, last: parcels.last?.key)
            }
            sent += page.count
            guard let end = page.last else { return sent }
            last = end
        }
    }

    private static func message(_ parcel: OpenFulfillment, order: PlacedOrder, network: NetworkSnapshot) throws -> OutboxMessage? {
        guard let location = network.location(key: parcel.location)?.location, !parcel.lines.isEmpty else { return nil }
        let store = parcel.pickup.flatMap { network.location(key: $0)?.location }
        let event = OutboundEvent(
            Event.FulfillmentRequested(
                fulfillmentID: parcel.id,
                channel: order.channel,
                orderID: order.orderID,
                location: location.id,
                shippingAddress: store?.pickupAddress ?? order.shippingAddress,
                pickupLocation: store?.id,
                lines: parcel.lines.map { line in
                    let ordered = order.lines[Int(line.line)]
                    return Event.Line(lineID: ordered.lineID, sku: ordered.sku, name: ordered.name, quantity: line.open)
                }
            ),
            sequence: Int64(parcel.sequence),
            time: parcel.createdAt,
            role: .sourcing
        )
        return OutboxMessage(
            exchange: OutboundEvent.exchange,
            routingKey: event.routingKey,
            mandatory: location.queue,
            contentType: OutboundEvent.contentType,
            type: event.type.rawValue,
            messageID: event.id,
            body: event.body
        )
    }
}
