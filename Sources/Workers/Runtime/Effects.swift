package import Store

/// What a transaction owes the broker: collected while it runs, written into its outbox row, published after its commit.
package struct Effects: Sendable {
    package private(set) var messages: [OutboxMessage] = []

    package init() {}

    package mutating func send(_ message: OutboxMessage) { messages.append(message) }
}
