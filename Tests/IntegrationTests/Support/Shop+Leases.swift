import Commerce
import Postgres
import Store
import TestSupport
import Testing
import TradeNetwork

extension Shop {
    func reservation(_ basket: String, _ lines: [(String, Int64)], channel: String = "shop", seconds: Int64? = nil) -> JSON {
        var body: JSON = [
            "channel": .string(channel), "basketId": .string(basket),
            "lines": .array(lines.map { ["sku": .string($0.0), "quantity": .integer($0.1)] }),
        ]
        if let seconds { body["ttlSeconds"] = .integer(seconds) }
        return body
    }

    /// Has units kept for a basket; gives the reply.
    @discardableResult
    func keep(_ basket: String, _ lines: [(String, Int64)], channel: String = "shop", seconds: Int64? = nil) async throws -> JSON {
        try await ask("reservation.requested", reservation(basket, lines, channel: channel, seconds: seconds))
    }

    func letGo(_ basket: String, channel: String = "shop") async throws {
        try await accepted("reservation.released", ["channel": .string(channel), "basketId": .string(basket)])
    }

    /// Units that baskets hold, whether their time has come or not.
    func leased(_ sku: String) async throws -> Int64 {
        try await number(
            "SELECT coalesce(sum(l.units), 0)::bigint FROM lease_line l JOIN sku s ON s.key = l.sku WHERE s.id = $1",
            [.text(sku)]
        )
    }

    /// Applies a network file that says nothing but this.
    func allot(_ allotments: [Allotment]) async throws {
        let sections = NetworkSettings(allotments: allotments).sections(["allotments"])
        try await session.write { tx in
            _ = try NetworkStore.apply(
                Commerce.Network(sellers: [], channels: [], suppliers: [], locations: []),
                sections: sections,
                content: "",
                in: tx
            )
        }
    }

    /// Reserved units of a SKU, of one channel's orders.
    func reserved(_ sku: String, by channel: String) async throws -> Int64 {
        try await number(
            """
            SELECT coalesce(sum(l.quantity - l.cancelled), 0)::bigint
            FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_key = f.key JOIN sku s ON s.key = l.sku
            JOIN orders o ON o.key = f.order_key JOIN channel c ON c.key = o.channel
            WHERE s.id = $1 AND c.id = $2
            """,
            [.text(sku), .text(channel)]
        )
    }
}
