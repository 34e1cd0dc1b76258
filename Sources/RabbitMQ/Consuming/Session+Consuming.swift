internal import CRabbitMQ

extension Session {
    /// Bounds the deliveries that may be unacknowledged, per subscription.
    func limit(to prefetch: UInt16) async throws(BrokerError) {
        _ = try await call(AMQP_BASIC_QOS_METHOD, "basic.qos", channel: Self.data, reply: AMQP_BASIC_QOS_OK_METHOD) {
            $0.append(UInt32(0))
            $0.append(prefetch)
            $0.append(UInt8(0))
        }
    }

    /// Subscribes to a queue.
    func consume(_ queue: String, consumerTag: String) async throws(BrokerError) {
        _ = try await call(AMQP_BASIC_CONSUME_METHOD, "basic.consume", channel: Self.data, reply: AMQP_BASIC_CONSUME_OK_METHOD) {
            $0.append(UInt16(0))
            $0.appendShortString(queue)
            $0.appendShortString(consumerTag)
            $0.append(UInt8(0))
            $0.appendTable([:])
        }
    }

    /// Ends a subscription.
    func cancel(consumerTag: String) async throws(BrokerError) {
        _ = try await call(AMQP_BASIC_CANCEL_METHOD, "basic.cancel", channel: Self.data, reply: AMQP_BASIC_CANCEL_OK_METHOD) {
            $0.appendShortString(consumerTag)
            $0.append(UInt8(0))
        }
    }
}
