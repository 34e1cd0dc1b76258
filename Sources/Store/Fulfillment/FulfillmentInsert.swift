package import Commerce
package import Postgres

/// Writing new fulfillments.
package enum FulfillmentInsert {
    package struct Line: Sendable {
        package var line: Int32
        package var sku: Int64
        package var quantity: Int64

        package init(line: Int32, sku: Int64, quantity: Int64) {
            self.line = line
            self.sku = sku
            self.quantity = quantity
        }
    }

    /// A location's day, whose capacity a parcel takes.
    package struct CapacityDay: Sendable {
        package var day: CivilDate
        /// What the location takes a day, as it was planned; `nil`: not known.
        package var perDay: Int64?

        package init(day: CivilDate, perDay: Int64?) {
            self.day = day
            self.perDay = perDay
        }
    }

    package struct NewFulfillment: Sendable {
        package var key: Int64
        package var order: Int64
        package var location: Int32
        package var status: Int16
        package var lines: [Line]
        /// The location's day whose capacity it takes; `nil` where the location takes any number.
        package var capacityDay: CapacityDay?
        /// When it arrives, as is told; `nil` where that is not known.
        package var delivery: DeliveryEstimate?

        package init(
            key: Int64,
            order: Int64,
            location: Int32,
            status: Int16,
            lines: [Line],
            capacityDay: CapacityDay? = nil,
            delivery: DeliveryEstimate? = nil
        ) {
            self.key = key
            self.order = order
            self.location = location
            self.status = status
            self.lines = lines
            self.capacityDay = capacityDay
            self.delivery = delivery
        }
    }

    /// Keys for new fulfillments, ascending.
    package static func nextKeys(_ count: Int, in tx: borrowing Transaction) throws -> [Int64] {
        guard count > 0 else { return [] }
        let rows = try tx.query("SELECT nextval('fulfillment_key') FROM generate_series(1, $1)", [.int4(Int32(count))])
        return try rows.map { try $0.int8(0) }
    }

    /// Writes the fulfillments, and takes what they need of their locations' days. The stock rows are locked already.
    package static func insert(_ fulfillments: [NewFulfillment], at moment: Timestamp, in tx: borrowing Transaction) throws {
        guard !fulfillments.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO fulfillment (key, order_key, location, status, created_at, capacity_day, deliver_from, deliver_to)
            SELECT key, order_key, location, status, $5, capacity_day, deliver_from, deliver_to
            FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::smallint[], $6::date[], $7::date[], $8::date[])
                AS t (key, order_key, location, status, capacity_day, deliver_from, deliver_to)
            """,
            [
                .int8Array(fulfillments.map(\.key)),
                .int8Array(fulfillments.map(\.order)),
                .int4Array(fulfillments.map(\.location)),
                .int2Array(fulfillments.map(\.status)),
                .timestamp(moment.rawValue),
                .optionalDateArray(fulfillments.map { $0.capacityDay?.day.databaseDay }),
                .optionalDateArray(fulfillments.map { $0.delivery?.earliest.databaseDay }),
                .optionalDateArray(fulfillments.map { $0.delivery?.latest.databaseDay }),
            ]
        )
        try CapacityStore.plan(
            fulfillments.compactMap { fulfillment in
                fulfillment.capacityDay.map { planned in
                    let use = (FulfillmentStatus(rawValue: fulfillment.status) ?? .requested).capacityUse
                    return CapacityStore.Plan(location: fulfillment.location, day: planned.day, use: use, perDay: planned.perDay)
                }
            },
            in: tx
        )
        let lines = fulfillments.flatMap { fulfillment in fulfillment.lines.map { (fulfillment.key, $0) } }
        try tx.send(
            """
            INSERT INTO fulfillment_line (fulfillment_key, line, sku, quantity)
            SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[])
            """,
            [
                .int8Array(lines.map(\.0)),
                .int4Array(lines.map(\.1.line)),
                .int8Array(lines.map(\.1.sku)),
                .int8Array(lines.map(\.1.quantity)),
            ]
        )
    }
}
