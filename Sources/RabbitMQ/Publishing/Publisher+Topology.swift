internal import CRabbitMQ

// Declarations go over a channel of their own: the broker closes the channel at every refusal, and messages in flight must not be lost
// with it. When calls run side by side and one is refused, those behind it on that channel fail with the same error.
extension Publisher {
    /// Declares what is not there. Exchanges first, then queues, then bindings.
    ///
    /// - Throws: ``BrokerError/topologyConflict(_:)`` when something exists with other properties, ``BrokerError/notFound(_:)`` when
    ///   a binding names what does not exist. What was declared before stays.
    package func declare(_ topology: Topology) async throws(BrokerError) {
        for exchange in topology.exchanges { try await declare(exchange) }
        for queue in topology.queues { try await declare(queue) }
        for binding in topology.bindings { try await declare(binding) }
    }

    private func declare(_ exchange: Topology.Exchange) async throws(BrokerError) {
        try requireShort(exchange.name, exchange.kind, arguments: exchange.arguments)
        _ = try await living().manage(AMQP_EXCHANGE_DECLARE_METHOD, "exchange.declare", reply: AMQP_EXCHANGE_DECLARE_OK_METHOD) {
            $0.append(UInt16(0))
            $0.appendShortString(exchange.name)
            $0.appendShortString(exchange.kind)
            $0.append(exchange.durable ? Flag.durable : 0)
            $0.appendTable(exchange.arguments)
        }
    }

    private func declare(_ queue: Topology.Queue) async throws(BrokerError) {
        _ = try await declare(queue.name, flags: queue.durable ? Flag.durable : 0, queue.arguments)
    }

    private func declare(_ queue: String, flags: UInt8, _ arguments: [String: FieldValue]) async throws(BrokerError) -> Session.Reply {
        try requireShort(queue, arguments: arguments)
        return try await living().manage(AMQP_QUEUE_DECLARE_METHOD, "queue.declare", reply: AMQP_QUEUE_DECLARE_OK_METHOD) {
            $0.append(UInt16(0))
            $0.appendShortString(queue)
            $0.append(flags)
            $0.appendTable(arguments)
        }
    }

    private func declare(_ binding: Topology.Binding) async throws(BrokerError) {
        let (method, name, reply, destination) =
            switch binding.destination {
            case .queue(let queue): (AMQP_QUEUE_BIND_METHOD, "queue.bind", AMQP_QUEUE_BIND_OK_METHOD, queue)
            case .exchange(let exchange): (AMQP_EXCHANGE_BIND_METHOD, "exchange.bind", AMQP_EXCHANGE_BIND_OK_METHOD, exchange)
            }
        try requireShort(binding.exchange, binding.routingKey, destination, arguments: binding.arguments)
        _ = try await living().manage(method, name, reply: reply) {
            $0.append(UInt16(0))
            $0.appendShortString(destination)
            $0.appendShortString(binding.exchange)
            $0.appendShortString(binding.routingKey)
            $0.append(UInt8(0))
            $0.appendTable(binding.arguments)
        }
    }

    /// How full a queue is.
    ///
    /// - Throws: ``BrokerError/notFound(_:)`` when it does not exist.
    package func status(ofQueue queue: String) async throws(BrokerError) -> QueueStatus {
        let reply = try await declare(queue, flags: Flag.passive, [:])
        return QueueStatus(messages: reply.messages, consumers: reply.consumers)
    }

    /// Drops what is ready for delivery; how many messages that were.
    ///
    /// - Throws: ``BrokerError/notFound(_:)`` when the queue does not exist.
    @discardableResult
    package func purge(queue: String) async throws(BrokerError) -> Int {
        try requireShort(queue)
        return try await living().manage(AMQP_QUEUE_PURGE_METHOD, "queue.purge", reply: AMQP_QUEUE_PURGE_OK_METHOD) {
            $0.append(UInt16(0))
            $0.appendShortString(queue)
            $0.append(UInt8(0))
        }.messages
    }

    /// Deletes a queue with its messages; how many those were. One that does not exist is no error.
    @discardableResult
    package func delete(queue: String) async throws(BrokerError) -> Int {
        try requireShort(queue)
        return try await living().manage(AMQP_QUEUE_DELETE_METHOD, "queue.delete", reply: AMQP_QUEUE_DELETE_OK_METHOD) {
            $0.append(UInt16(0))
            $0.appendShortString(queue)
            $0.append(UInt8(0))
        }.messages
    }

    /// Deletes an exchange with its bindings. One that does not exist is no error.
    package func delete(exchange: String) async throws(BrokerError) {
        try requireShort(exchange)
        _ = try await living().manage(AMQP_EXCHANGE_DELETE_METHOD, "exchange.delete", reply: AMQP_EXCHANGE_DELETE_OK_METHOD) {
            $0.append(UInt16(0))
            $0.appendShortString(exchange)
            $0.append(UInt8(0))
        }
    }

    private func requireShort(_ names: String..., arguments: [String: FieldValue] = [:]) throws(BrokerError) {
        for name in names where name.utf8.count > 255 { throw .invalidMessage("a name in the topology is longer than 255 bytes") }
        guard arguments.isEncodable(), arguments.encodedSize <= 64 << 10 else {
            throw .invalidMessage("the arguments of \(names.first ?? "") do not fit into a frame")
        }
    }
}

/// The bits of `exchange.declare` and `queue.declare`.
private enum Flag {
    static let passive: UInt8 = 1
    static let durable: UInt8 = 2
}
