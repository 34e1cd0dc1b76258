internal import Foundation
internal import Messages
internal import RabbitMQ

/// Locations that ship whatever they are asked to, whole, at once.
final class DispatchingLocations: Sendable {
    private let stage: BenchStage
    private let listener: BenchListener

    init(stage: BenchStage) async throws {
        self.stage = stage
        listener = try await BenchListener(stage: stage, events: "fulfillment.requested.#")
    }

    func run() async throws {
        while try await listener.next({ deliveries in
            _ = try await self.stage.publisher.publish(try deliveries.map { try Self.dispatch($0) })
        }) {}
        try await listener.close()
    }

    func stop() async { await listener.stop() }

    private static func dispatch(_ delivery: Delivery) throws -> OutgoingMessage {
        let event = try ReceivedEvent(json: delivery.body)
        let dispatched = ShipmentDispatched(
            fulfillmentID: event.fulfillmentID ?? "",
            shipmentID: "S1",
            carrier: "Bench Parcel",
            trackingNumber: event.fulfillmentID ?? "",
            trackingURL: nil,
            lines: event.lines.map { LineQuantity(lineID: $0.lineID, quantity: $0.quantity) },
            occurredAt: event.time
        )
        return BenchStage.message("shipment.dispatched", dispatched.json())
    }
}
