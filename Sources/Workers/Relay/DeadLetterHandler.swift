package import Commerce
package import Messages
package import RabbitMQ

/// A part of role `relay`: moves to the desk what the broker gave up on (its delivery limit is the net for crashes), and what was published
/// under a routing key nobody knows.
package struct DeadLetterHandler: RoleHandler {
    package let queue = BrokerTopology.deadQueue
    package let limits = BatchLimits(messages: 50)

    package init() {}

    package func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> Never {
        if delivery.death != nil {
            throw MessageRefusal(.deliveryFailed, "It was delivered many times and never acknowledged: it may crash whoever handles it.")
        }
        throw MessageRefusal(.unsupportedType, "No message of this type is known.")
    }

    package func process(_ items: [Never], lane: Lane) async throws -> [Outcome] { [] }
    package func subject(of item: Never) -> MessageSubject {}
}
