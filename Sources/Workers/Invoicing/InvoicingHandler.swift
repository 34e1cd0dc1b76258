package import Commerce
package import Messages
internal import Postgres
package import RabbitMQ
internal import Store

/// Role `invoicing`: an invoice per dispatched shipment, as data; XML and PDF are rendered when first needed.
package struct InvoicingHandler: RoleHandler {
    /// Shipments that one message names at most.
    static let shipmentsPerMessage = 300

    package let queue = WorkQueue.invoicing.name
    package let limits = BatchLimits(messages: 2, prefetch: 8)

    package init() {}

    package func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> [Int64] {
        guard case .invoice(let shipments) = try WorkMessage(json: delivery.body) else {
            throw MessageRefusal(.unsupportedType, "This queue takes shipments to invoice.")
        }
        return shipments
    }

    package func process(_ items: [[Int64]], lane: Lane) async throws -> [Outcome] {
        let shipments = Set(items.joined()).sorted()
        try await lane.commit { tx, effects in
            try InvoiceBatch(shipments: shipments, network: try lane.shared.network(in: tx)).issue(in: tx, effects: &effects)
        }
        return items.map { _ in .done(id: nil) }
    }
}
