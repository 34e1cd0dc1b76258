internal import Commerce
internal import Foundation
internal import Messages
internal import RabbitMQ

/// What was heard on `oms.events` while the demo's scenes are played, in the order heard.
actor SceneEvents {
    /// The routing keys of the events that scenes tell of.
    static let routingKeys = ["order.*", "fulfillment.#", "location.*", "shipment.dispatched", "email.sent"]
    /// How long a scene waits for what must come: far more than it takes, since the machine may be busy with other things.
    static let patience = Duration.seconds(180)

    private var heard: [ReceivedEvent] = []
    private var ids: Set<String> = []
    private var failure: (any Error)?

    func hear(_ deliveries: [Delivery]) {
        for delivery in deliveries {
            // An event may come twice.
            guard let event = try? ReceivedEvent(json: delivery.body), ids.insert(event.id).inserted else { continue }
            heard.append(event)
        }
    }

    func fail(_ error: any Error) { failure = failure ?? error }

    /// The `count`th event of the type that is about this order, or this location.
    ///
    /// - Throws: the listener's failure; `CommandFailure` when it does not come within ``patience``.
    func next(_ type: EventType, order: String? = nil, location: String? = nil, count: Int = 1) async throws -> ReceivedEvent {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            let found = heard.filter {
                $0.type == type && (order == nil || $0.channel == SceneScript.channel && $0.orderID == order)
                    && (location == nil || $0.location == location)
            }
            if found.count >= count { return found[count - 1] }
            if let failure { throw failure }
            guard ContinuousClock.now < deadline else {
                throw CommandFailure.fault(
                    "\(type.rawValue) of \(order ?? location ?? "anything") did not come within \(Self.patience.components.seconds) s"
                )
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
