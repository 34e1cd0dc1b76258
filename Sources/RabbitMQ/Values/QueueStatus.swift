/// How full a queue is.
package struct QueueStatus: Sendable, Hashable {
    /// Messages ready for delivery; those delivered and not yet acknowledged do not count.
    package var messages: Int
    /// Subscriptions.
    package var consumers: Int

    /// A status, as tests need it.
    package init(messages: Int, consumers: Int) {
        self.messages = messages
        self.consumers = consumers
    }
}
