import Commerce
import Postgres
import Store
import TestSupport
import TradeNetwork

extension Shop {
    /// Has the network say these lists.
    func configure(_ settings: NetworkSettings, _ sections: [String]) async throws {
        try await session.write { tx in
            _ = try NetworkStore.apply(Commerce.Network(), sections: settings.sections(sections), content: "", in: tx)
        }
    }

    func block(_ location: String, _ id: String, _ sku: String, _ quantity: Int64) -> JSON {
        [
            "location": .string(location), "blockId": .string(id), "sku": .string(sku), "quantity": .integer(quantity),
            "reason": "Looks damaged", "occurredAt": "2026-11-22T08:00:00Z",
        ]
    }

    func release(_ location: String, _ id: String, at time: String = "2026-11-22T09:00:00Z") -> JSON {
        ["location": .string(location), "blockId": .string(id), "occurredAt": .string(time)]
    }

    /// Units of a SKU that are blocked at a location.
    func blocked(_ sku: String, at location: String) async throws -> Int64 {
        try await query(
            """
            SELECT s.blocked FROM stock s JOIN sku k ON k.key = s.sku JOIN location l ON l.key = s.location
            WHERE k.id = $1 AND l.id = $2
            """,
            [.text(sku), .text(location)]
        ).first?.int8(0) ?? 0
    }

    /// Waits until storefronts were told last that so much of a SKU can be sold.
    func told(_ sku: String, _ available: Int64) async throws {
        try await eventually("storefronts hear that \(available) of \(sku) can be sold") {
            try events("stock.changed").last { $0["data"]["sku"] == .string(sku) }?["data"]["available"] == .integer(available)
        }
    }

    /// Turns the clock of a location's feeds: as if the last one had come so many minutes ago.
    func age(_ location: String, minutes: Int64) async throws {
        let aged = try await session.write { tx in
            try tx.execute(
                """
                UPDATE location_freshness SET fed_at = clock_timestamp() - $2 * interval '1 minute'
                WHERE location = (SELECT key FROM location WHERE id = $1)
                """,
                [.text(location), .double(Double(minutes))]
            )
        }
        guard aged == 1 else { throw TestSupportError("\(location) has had no feed") }
    }
}
