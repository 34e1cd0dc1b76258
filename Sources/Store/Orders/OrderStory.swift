package import Commerce
package import Messages
package import Postgres

/// An order with everything that happened to it, read in one snapshot.
package struct OrderStory: Sendable {
    package struct Line: Sendable {
        package var line: OrderLine
        package var quantities: LineQuantities
        /// When the waiting units are expected, where a date is known.
        package var promisedAt: Timestamp?
        /// What the customer was told last of the waiting units.
        package var word: DeliveryWord
        /// Sold without stock, within its SKU's limit.
        package var preorder: Bool
    }

    package struct HappenedEvent: Sendable {
        package var sequence: Int32
        /// `nil` where a newer version wrote it.
        package var type: EventType?
        package var at: Timestamp
        package var reference: String?
        /// Why a parcel was taken back; when goods arrive, as `DeliveryEstimate.interval` writes it.
        package var detail: String?
    }

    /// A location's word that it does not ship (a part of) a parcel.
    package struct Refusal: Sendable {
        package var fulfillment: Int64
        package var location: Int32
        package var reason: ParcelRefusal
        package var at: Timestamp
    }

    package struct Mail: Sendable {
        package var template: String
        package var reference: String
        package var messageID: String
        package var sentAt: Timestamp
    }

    package struct PaymentReport: Sendable {
        package var payment: String
        package var id: String
        package var kind: PaymentRows.Kind
        package var amount: Int64
        package var occurredAt: Timestamp
    }

    package var key: Int64
    package var status: OrderStatus
    package var acceptedAt: Timestamp
    package var document: PlacedOrder
    /// Where the goods go, as sourcing reckons.
    package var coordinates: Coordinates?
    package var lines: [Line]
    package var fulfillments: [FulfillmentRows.Row]
    package var shipments: [ShipmentRows.Row]
    /// By shipment key, oldest first.
    package var reports: [Int64: [ShipmentReports.Report]]
    package var invoices: [InvoiceStore.Row]
    package var payments: [PaymentRows.Payment]
    package var paymentReports: [PaymentReport]
    package var cancellations: [CancellationRows.Row]
    /// Where it is collected, and what the store said; `nil` for an order that is brought to the customer.
    package var pickup: Pickups.Pickup?
    package var pickupReports: [Pickups.Report]
    package var mails: [Mail]
    package var events: [HappenedEvent]
    /// Oldest first. What was taken back without a word of the location stands among the events.
    package var refusals: [Refusal]
    /// The hold that keeps sourcing from it, if there is one.
    package var hold: OrderHolds.Hold?

    /// - Parameter channel: the channel's key.
    /// - Returns: `nil` where the channel has no such order.
    package static func find(channel: Int32, id: String, in tx: borrowing Transaction) throws -> OrderStory? {
        let heads = try tx.query(
            "SELECT key, status, accepted_at, latitude, longitude FROM orders WHERE channel = $1 AND id = $2",
            [.int4(channel), .text(id)]
        )
        guard let head = heads.first else { return nil }
        let key = try head.int8(0)
        guard let status = OrderStatus(rawValue: try head.int2(1)) else { throw StoreError.unreadable("order status") }
        guard let bytes = try OrderLocks.documents(of: [key], in: tx)[key] else { throw StoreError.vanished("order document") }
        let document = try PlacedOrder(json: bytes)
        let fulfillments = try FulfillmentRows.of([key], in: tx)
        let shipments = try ShipmentRows.of([key], in: tx)
        return OrderStory(
            key: key,
            status: status,
            acceptedAt: Timestamp(rawValue: try head.timestamp(2)),
            document: document,
            coordinates: try head.optionalDouble(3).flatMap { latitude in
                try head.optionalDouble(4).map { Coordinates(latitude: latitude, longitude: $0) }
            },
            lines: try lines(of: key, document: document, fulfillments: fulfillments, in: tx),
            fulfillments: fulfillments,
            shipments: shipments,
            reports: Dictionary(grouping: try ShipmentReports.of(shipments.map(\.key), in: tx), by: \.shipment),
            invoices: try InvoiceStore.of([key], in: tx),
            payments: try PaymentRows.of([key], in: tx),
            paymentReports: try paymentReports(of: key, in: tx),
            cancellations: try CancellationRows.of([key], in: tx).sorted { $0.occurredAt < $1.occurredAt },
            pickup: try Pickups.of([key], in: tx)[key],
            pickupReports: try Pickups.reports(of: [key], in: tx),
            mails: try mails(of: key, in: tx),
            events: try events(of: key, in: tx),
            refusals: try refusals(of: key, in: tx),
            hold: try OrderHolds.open(of: [key], in: tx)[key]
        )
    }

    /// Before sourcing has looked at an order, all that is neither shipped nor cancelled waits, without rows that say so.
    private static func lines(
        of key: Int64,
        document: PlacedOrder,
        fulfillments: [FulfillmentRows.Row],
        in tx: borrowing Transaction
    ) throws -> [Line] {
        var (reserved, shipped): ([Int32: Int64], [Int32: Int64]) = ([:], [:])
        for parcel in fulfillments {
            for line in parcel.lines {
                reserved[line.line, default: 0] += parcel.held(line)
                shipped[line.line, default: 0] += parcel.delivered(line)
            }
        }
        let promises = try WaitingPromises.of(order: key, in: tx)
        return try OrderLines.of([key], in: tx).map { row in
            let parcels = (reserved[row.line] ?? 0) + (shipped[row.line] ?? 0)
            return Line(
                line: document.lines[Int(row.line)],
                quantities: LineQuantities(
                    waiting: row.quantity - row.cancelled - parcels,
                    reserved: reserved[row.line] ?? 0,
                    shipped: shipped[row.line] ?? 0,
                    cancelled: row.cancelled
                ),
                promisedAt: promises[row.line]?.promisedAt,
                word: promises[row.line]?.word ?? .unknown,
                preorder: promises[row.line]?.preorder ?? false
            )
        }
    }

    private static func paymentReports(of key: Int64, in tx: borrowing Transaction) throws -> [PaymentReport] {
        let rows = try tx.query(
            "SELECT payment, id, type, amount, occurred_at FROM payment_transaction WHERE order_key = $1 ORDER BY occurred_at, id",
            [.int8(key)]
        )
        return try rows.map { row in
            guard let kind = PaymentRows.Kind(rawValue: try row.int2(2)) else { throw StoreError.unreadable("payment report") }
            return PaymentReport(
                payment: try row.text(0),
                id: try row.text(1),
                kind: kind,
                amount: try row.int8(3),
                occurredAt: Timestamp(rawValue: try row.timestamp(4))
            )
        }
    }

    private static func mails(of key: Int64, in tx: borrowing Transaction) throws -> [Mail] {
        let rows = try tx.query(
            "SELECT template, reference, message_id, sent_at FROM email WHERE order_key = $1 ORDER BY sent_at, template, reference",
            [.int8(key)]
        )
        return try rows.map { row in
            Mail(
                template: MailStore.Template(rawValue: try row.int2(0))?.name ?? "other",
                reference: try row.text(1),
                messageID: try row.text(2),
                sentAt: Timestamp(rawValue: try row.timestamp(3))
            )
        }
    }

    private static func events(of key: Int64, in tx: borrowing Transaction) throws -> [HappenedEvent] {
        let rows = try tx.query(
            "SELECT sequence, type, at, reference, detail FROM order_event WHERE order_key = $1 ORDER BY sequence",
            [.int8(key)]
        )
        return try rows.map { row in
            HappenedEvent(
                sequence: try row.int4(0),
                type: EventType(storedNumber: try row.int2(1)),
                at: Timestamp(rawValue: try row.timestamp(2)),
                reference: try row.optionalText(3),
                detail: try row.optionalText(4)
            )
        }
    }

    private static func refusals(of key: Int64, in tx: borrowing Transaction) throws -> [Refusal] {
        let rows = try tx.query(
            """
            SELECT fulfillment_key, location, reason, occurred_at FROM fulfillment_rejection
            WHERE order_key = $1 AND id <> $2 ORDER BY occurred_at, fulfillment_key, id
            """,
            [.int8(key), .text(FulfillmentRejections.ownID)]
        )
        return try rows.map { row in
            Refusal(
                fulfillment: try row.int8(0),
                location: try row.int4(1),
                reason: ParcelRefusal(rawValue: try row.text(2)) ?? .other,
                at: Timestamp(rawValue: try row.timestamp(3))
            )
        }
    }
}
