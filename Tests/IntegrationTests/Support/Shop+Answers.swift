import Commerce
import Postgres
import Store
import Testing
import TradeNetwork

/// What locations and agents say.
extension Shop {
    func rejection(
        _ parcel: Parcel,
        _ reason: String,
        id: String = "r-1",
        _ units: [(String, Int64)]? = nil,
        at time: String = "2026-11-22T12:00:00Z"
    ) -> JSON {
        var body: JSON = [
            "fulfillmentId": .string(parcel.id), "rejectionId": .string(id), "reason": .string(reason), "occurredAt": .string(time),
        ]
        if let units { body["lines"] = .array(units.map { ["lineId": .string($0.0), "quantity": .integer($0.1)] }) }
        return body
    }

    func reject(_ parcel: Parcel, _ reason: String, id: String = "r-1", _ units: [(String, Int64)]? = nil) async throws {
        try await accepted("fulfillment.rejected", rejection(parcel, reason, id: id, units))
    }

    func acceptance(_ parcel: Parcel) -> JSON {
        ["fulfillmentId": .string(parcel.id), "occurredAt": "2026-11-22T12:30:00Z"]
    }

    func reroute(_ order: Order, _ parcel: Parcel, to: String? = nil, id: String = "q-1") -> JSON {
        var body: JSON = [
            "channel": .string(order.channel), "orderId": .string(order.id), "fulfillmentId": .string(parcel.id),
            "requestId": .string(id), "occurredAt": "2026-11-22T13:00:00Z",
        ]
        if let to { body["to"] = .string(to) }
        return body
    }

    func release(_ order: Order, id: String = "q-1") -> JSON {
        [
            "channel": .string(order.channel), "orderId": .string(order.id), "requestId": .string(id),
            "occurredAt": "2026-11-22T13:00:00Z",
        ]
    }

    /// Lets the network say how long every location may take to answer, and after how many rounds an order is held.
    func setRules(answerWithinMinutes: Int64? = nil, maximumRounds: Int64 = 5) async throws {
        let rule = FulfillmentRule(maximumRounds: maximumRounds, answerWithinMinutes: answerWithinMinutes)
        let sections = NetworkSettings(fulfillment: rule).sections(["fulfillment"])
        try await session.write { tx in _ = try NetworkStore.apply(ShopNetwork.standard, sections: sections, content: "", in: tx) }
    }

    /// Has time go by for a parcel, or for all.
    func age(_ parcel: Parcel? = nil, minutes: Int32) async throws {
        let key = parcel.flatMap { FulfillmentID.key($0.id) }
        try await session.write { tx in
            try tx.execute(
                "UPDATE fulfillment SET created_at = created_at - $1 * interval '1 minute' WHERE $2::bigint IS NULL OR key = $2",
                [.int4(minutes), .optionalInt8(key)]
            )
        }
    }

    /// What can be sold of a SKU, as storefronts were told last.
    func told(_ sku: String) throws -> Int64? {
        try events("stock.changed").last { $0["data"]["sku"].string == sku }?["data"]["available"].integer
    }

    func isHeld(_ order: Order) async throws -> Bool {
        try await number(
            """
            SELECT count(*) FROM order_hold h JOIN orders o ON o.key = h.order_key JOIN channel c ON c.key = o.channel
            WHERE c.id = $1 AND o.id = $2 AND h.ended_at IS NULL
            """,
            [.text(order.channel), .text(order.id)]
        ) == 1
    }
}
