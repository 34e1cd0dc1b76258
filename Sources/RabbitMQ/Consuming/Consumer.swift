internal import CRabbitMQ
internal import DequeModule
package import Logging
internal import PinnedExecutor
internal import Synchronization

/// Consumes from one or several queues in batches, over a connection, a channel and a thread of its own.
///
/// Once the connection is lost, or the broker ends a subscription, every call throws and a new consumer must be made; the broker
/// requeues what was not acknowledged.
package actor Consumer {
    private static let tickMilliseconds: Int32 = 200

    private let executor = PinnedExecutor(name: "amqp-consume")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let configuration: BrokerConfiguration
    private let queues: [String]
    private let prefetch: UInt16
    private let logger: Logger
    private let alive = Atomic<Bool>(false)
    private var session: Session?
    private var incoming = IncomingContent()
    private var buffered: Deque<Delivery> = []
    private var unsettled = UnsettledTags()
    private var arrivals: [Arrival] = []
    private var isStopping = false

    private init(_ configuration: BrokerConfiguration, queues: [String], prefetch: Int, logger: Logger) {
        self.configuration = configuration
        self.queues = queues
        self.prefetch = UInt16(clamping: max(1, prefetch))
        self.logger = logger
    }

    deinit { executor.stop() }

    /// Connects to the first endpoint that answers and subscribes to one queue.
    ///
    /// - Parameter prefetch: deliveries that may be unacknowledged at once, 1 to 65,535.
    /// - Throws: ``BrokerError/notFound(_:)`` when the queue does not exist, and what ``Publisher/connect(_:logger:)`` throws.
    package static func connect(
        _ configuration: BrokerConfiguration,
        queue: String,
        prefetch: Int,
        logger: Logger
    ) async throws(BrokerError) -> Consumer {
        try await connect(configuration, queues: [queue], prefetch: prefetch, logger: logger)
    }

    /// The same for several queues, each with a prefetch of its own; ``Delivery/queue`` tells them apart.
    package static func connect(
        _ configuration: BrokerConfiguration,
        queues: [String],
        prefetch: Int,
        logger: Logger
    ) async throws(BrokerError) -> Consumer {
        let consumer = Consumer(configuration, queues: queues, prefetch: prefetch, logger: logger)
        try await consumer.open()
        return consumer
    }

    private func open() async throws(BrokerError) {
        for queue in queues where queue.utf8.count > 255 { throw .invalidMessage("a queue's name is longer than 255 bytes") }
        let session = try Session(configuration, executor: executor)
        self.session = session
        executor.watch(session.transport.descriptor, every: Self.tickMilliseconds) { [weak self] in
            self?.assumeIsolated { $0.turn() }
        }
        alive.store(true, ordering: .releasing)
        do throws(BrokerError) {
            try await session.openChannel(Session.data)
            try await session.limit(to: prefetch)
            for (index, queue) in queues.enumerated() { try await session.consume(queue, consumerTag: String(index)) }
        } catch {
            session.die(error)
            settleDeath()
            throw error
        }
    }

    /// Whether the connection is up, as far as is known.
    package nonisolated var isAlive: Bool { alive.load(ordering: .acquiring) }

    /// Waits for a delivery, then takes what is there, within the bounds; it never waits for a batch to fill.
    ///
    /// - Parameters:
    ///   - maxMessages: at most so many; at least one is taken.
    ///   - maxBytes: bodies in sum; a first one beyond it comes alone.
    /// - Returns: nothing only when the task is cancelled, or when ``stopConsuming()`` or ``close()`` was called and all that had
    ///   arrived by then has been handed out.
    /// - Throws: ``BrokerError/lostConnection(_:)``, ``BrokerError/consumerCancelled(queue:)``.
    package func nextBatch(maxMessages: Int, maxBytes: Int) async throws(BrokerError) -> [Delivery] {
        while true {
            turn()
            if let death = session?.death, death != .closed { throw death }
            if Task.isCancelled { return [] }
            if !buffered.isEmpty { return take(maxMessages, maxBytes) }
            if isStopping || session?.death != nil { return [] }
            let arrival = Arrival()
            arrivals.append(arrival)
            await withTaskCancellationHandler {
                await withCheckedContinuation { arrival.wait($0) }
            } onCancel: {
                arrival.wake()
            }
        }
    }

    private func take(_ maxMessages: Int, _ maxBytes: Int) -> [Delivery] {
        var bytes = 0
        var count = 0
        while count < min(max(1, maxMessages), buffered.count) {
            bytes += buffered[count].body.count
            if count > 0, bytes > maxBytes { break }
            count += 1
        }
        let batch = Array(buffered.prefix(count))
        buffered.removeFirst(count)
        return batch
    }

    /// Acknowledges deliveries, with one frame where their numbers allow it. It returns once they are handed to the connection; if that is
    /// lost before they arrive, the broker delivers them again.
    package func ack(_ deliveries: [Delivery]) async throws(BrokerError) {
        try settle(deliveries) { output, frame in
            output.appendMethod(AMQP_BASIC_ACK_METHOD, channel: Session.data) {
                $0.append(frame.tag)
                $0.append(frame.multiple ? 1 : 0 as UInt8)
            }
        }
    }

    /// Gives deliveries back: to their queue, which counts it, or (`requeue: false`) to the queue's dead-letter exchange.
    package func reject(_ deliveries: [Delivery], requeue: Bool) async throws(BrokerError) {
        try settle(deliveries) { output, frame in
            output.appendMethod(AMQP_BASIC_NACK_METHOD, channel: Session.data) {
                $0.append(frame.tag)
                $0.append((frame.multiple ? 1 : 0) | (requeue ? 2 : 0) as UInt8)
            }
        }
    }

    private func settle(_ deliveries: [Delivery], _ encode: (inout OutputBuffer, UnsettledTags.Frame) -> Void) throws(BrokerError) {
        guard let session else { throw .closed }
        if let death = session.death { throw death }
        let own = deliveries.lazy.filter { $0.session == session.number }.map(\.tag)
        for frame in unsettled.settle(own) { encode(&session.transport.output, frame) }
        session.flush()
    }

    /// Ends the subscriptions. What has arrived is still handed out by ``nextBatch(maxMessages:maxBytes:)`` and may be
    /// acknowledged: giving it back would count as a delivery of each.
    package func stopConsuming() async {
        guard !isStopping else { return }
        isStopping = true
        if let session, session.death == nil {
            for index in queues.indices { try? await session.cancel(consumerTag: String(index)) }
        }
        wakeAll()
    }

    /// Closes the connection; the broker requeues what was not acknowledged. Later calls throw ``BrokerError/closed``, except
    /// ``nextBatch(maxMessages:maxBytes:)``, which gives nothing.
    package func close() async {
        isStopping = true
        session?.close()
        settleDeath()
    }

    private func turn() {
        guard let session, session.death == nil else { return }
        session.drain { receive($0, session) }
        session.tick(.now)
        session.flush()
        settleDeath()
        if !buffered.isEmpty { wakeAll() }
    }

    private func receive(_ frame: amqp_frame_t, _ session: Session) {
        guard Int32(frame.frame_type) == AMQP_FRAME_METHOD else {
            if incoming.take(frame) { delivered(session) }
            return
        }
        let method = frame.payload.method
        if method.id == AMQP_BASIC_DELIVER_METHOD {
            incoming.begin(method)
        } else if method.id == AMQP_BASIC_CANCEL_METHOD {
            let tag = method.decoded.assumingMemoryBound(to: amqp_basic_cancel_t.self).pointee.consumer_tag
            session.die(.consumerCancelled(queue: queue(ofConsumer: String(tag))))
        } else {
            session.die(.protocolViolation("a confirm on a consumer's channel"))
        }
    }

    private func delivered(_ session: Session) {
        let head = incoming.head
        guard unsettled.deliver(head.tag) else { return session.die(.protocolViolation("delivery tags out of order")) }
        // A busy broker may take long to end the subscription: what it sends meanwhile goes back when the connection closes.
        guard !isStopping else { return }
        buffered.append(
            Delivery(
                tag: head.tag,
                session: session.number,
                queue: queue(ofConsumer: head.consumer),
                exchange: head.exchange,
                routingKey: head.routingKey,
                redelivered: head.redelivered,
                properties: incoming.properties,
                body: incoming.body
            )
        )
    }

    private func queue(ofConsumer tag: String) -> String {
        guard let index = Int(tag), queues.indices.contains(index) else { return "" }
        return queues[index]
    }

    private func wakeAll() {
        for arrival in arrivals { arrival.wake() }
        arrivals.removeAll()
    }

    private func settleDeath() {
        guard let death = session?.death, alive.exchange(false, ordering: .acquiringAndReleasing) else { return }
        if death != .closed { logger.debug("consumer ends", metadata: ["error": "\(death)"]) }
        buffered.removeAll()
        wakeAll()
        executor.stop()
    }
}
