package import Commerce
package import Messages
package import RabbitMQ

/// What a role does with a batch; the rest — taking, splitting, settling, acknowledging — is the runtime's.
package protocol RoleHandler: Sendable {
    associatedtype Item: Sendable

    /// The queue it works on.
    var queue: String { get }
    var limits: BatchLimits { get }
    /// Which retry plan its messages follow.
    var retryPlan: RetryPlan { get }

    /// Reads one delivery. Pure: runs while the database is busy with the batch before.
    func decode(_ delivery: Delivery, type: String, receivedAt: Timestamp) throws(MessageRefusal) -> Item

    /// Handles the items; commits through `lane`. Gives one outcome for each, in their order.
    ///
    /// It must be harmless to be called again with the same items: after a crash, and when a batch is split to find a poisoned one.
    /// Throws what the store throws; the runtime tells a lost database from a fault of the batch.
    func process(_ items: [Item], lane: Lane) async throws -> [Outcome]

    /// Whom a refused message concerns, for the desk and its event.
    func subject(of item: Item) -> MessageSubject
}

extension RoleHandler {
    package var retryPlan: RetryPlan { .standard }
    package func subject(of item: Item) -> MessageSubject { MessageSubject() }
}

/// Channel and order a message concerns, as far as it said.
package struct MessageSubject: Sendable, Hashable {
    package var channel: String?
    package var orderID: String?

    package init(channel: String? = nil, orderID: String? = nil) {
        self.channel = channel
        self.orderID = orderID
    }
}

/// How much a role takes at once. It never waits to fill a batch: latency stays low when idle.
package struct BatchLimits: Sendable {
    package var messages: Int
    package var bytes: Int
    /// How many unacknowledged deliveries the broker may send ahead: two batches, one in hand and one being decoded.
    package var prefetch: Int
    /// How long a batch is held before it is handled; a worker that is told to stop does not wait.
    package var pause: Duration

    package init(messages: Int, bytes: Int = 4 << 20, prefetch: Int? = nil, pause: Duration = .zero) {
        self.messages = messages
        self.bytes = bytes
        self.prefetch = prefetch ?? messages * 2
        self.pause = pause
    }
}
