package import Commerce
package import Postgres

/// Which mails went out: one row per order, template and thing it is about.
package enum MailStore {
    package enum Template: Int16, Sendable, CaseIterable {
        case orderConfirmation = 1
        case orderBackordered = 2
        case shipmentDispatched = 3
        case shipmentDelivered = 4
        case invoiceIssued = 5
        case orderCancelled = 6
        case pickupReady = 20
        case pickupExpired = 21
        case promiseChanged = 30

        /// The template's name, as in its files and in `email.sent`.
        package var name: String {
            switch self {
            case .orderConfirmation: "order_confirmation"
            case .orderBackordered: "order_backordered"
            case .shipmentDispatched: "shipment_dispatched"
            case .shipmentDelivered: "shipment_delivered"
            case .invoiceIssued: "invoice_issued"
            case .orderCancelled: "order_cancelled"
            case .pickupReady: "pickup_ready"
            case .pickupExpired: "pickup_expired"
            case .promiseChanged: "promise_changed"
            }
        }
    }

    package struct Mail: Sendable, Hashable {
        package var order: Int64
        package var template: Template
        package var reference: String

        package init(order: Int64, template: Template, reference: String) {
            self.order = order
            self.template = template
            self.reference = reference
        }
    }

    /// Which of `mails` are recorded as sent.
    package static func sent(among mails: [Mail], in tx: borrowing Transaction) throws -> Set<Mail> { try tx.ask(sent(among: mails)) }

    package static func sent(among mails: [Mail]) -> Query<Set<Mail>> {
        guard !mails.isEmpty else { return .known([]) }
        return Query(
            """
            SELECT e.order_key, e.template, e.reference
            FROM unnest($1::bigint[], $2::smallint[], $3::text[]) AS t (order_key, template, reference)
            JOIN email e ON e.order_key = t.order_key AND e.template = t.template AND e.reference = t.reference
            """,
            [
                .int8Array(mails.map(\.order)), .int2Array(mails.map(\.template.rawValue)),
                .textArray(mails.map(\.reference)),
            ]
        ) { rows in
            var sent: Set<Mail> = []
            for row in rows {
                guard let template = Template(rawValue: try row.int2(1)) else { continue }
                sent.insert(Mail(order: try row.int8(0), template: template, reference: try row.text(2)))
            }
            return sent
        }
    }

    /// Records mails as sent; gives those that were not recorded before. The orders are locked.
    package static func record(
        _ mails: [(mail: Mail, messageID: String, recipientHash: [UInt8])],
        at moment: Timestamp
    ) -> Query<Set<Mail>> {
        guard !mails.isEmpty else { return .known([]) }
        return Query(
            """
            INSERT INTO email (order_key, template, reference, message_id, recipient_hash, sent_at)
            SELECT order_key, template, reference, message_id, recipient_hash, $6
            FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::text[], $5::bytea[])
                AS t (order_key, template, reference, message_id, recipient_hash)
            ORDER BY order_key, template, reference COLLATE "C"
            ON CONFLICT DO NOTHING
            RETURNING order_key, template, reference
            """,
            [
                .int8Array(mails.map(\.mail.order)), .int2Array(mails.map(\.mail.template.rawValue)),
                .textArray(mails.map(\.mail.reference)), .textArray(mails.map(\.messageID)),
                .bytesArray(mails.map(\.recipientHash)), .timestamp(moment.rawValue),
            ]
        ) { rows in
            var recorded: Set<Mail> = []
            for row in rows {
                guard let template = Template(rawValue: try row.int2(1)) else { continue }
                recorded.insert(Mail(order: try row.int8(0), template: template, reference: try row.text(2)))
            }
            return recorded
        }
    }
}
