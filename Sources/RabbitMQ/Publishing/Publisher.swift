internal import CRabbitMQ
package import Logging
internal import PinnedExecutor
internal import Synchronization

/// Publishes with confirms, over a connection, a channel and a thread of its own.
///
/// Any number of ``publish(_:)`` calls may be in flight; they are sent in the order in which they came. Once the connection is
/// lost, all of them and every later call throw, and a new publisher must be made; nothing is sent twice behind the caller's back.
package actor Publisher {
    /// Unsent bytes from which on no more messages are encoded, until the socket has taken some.
    private static let outputLimit = 1 << 20
    /// How often clocks are looked at.
    private static let tickMilliseconds: Int32 = 200

    private let executor = PinnedExecutor(name: "amqp-publish")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let configuration: BrokerConfiguration
    private let logger: Logger
    private let alive = Atomic<Bool>(false)
    private let blocked = Atomic<Bool>(false)
    private var session: Session?
    private var window: PublishWindow
    private var incoming = IncomingContent()

    private init(_ configuration: BrokerConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        window = PublishWindow(limit: configuration.confirmWindow)
    }

    deinit { executor.stop() }

    /// Connects to the first endpoint that answers.
    ///
    /// - Throws: ``BrokerError/unreachable(_:)`` when none does, ``BrokerError/authentication(_:)`` and
    ///   ``BrokerError/accessRefused(_:)`` when the broker refuses.
    package static func connect(_ configuration: BrokerConfiguration, logger: Logger) async throws(BrokerError) -> Publisher {
        let publisher = Publisher(configuration, logger: logger)
        try await publisher.open()
        return publisher
    }

    private func open() async throws(BrokerError) {
        let session = try Session(configuration, executor: executor)
        self.session = session
        executor.watch(session.transport.descriptor, every: Self.tickMilliseconds) { [weak self] in
            self?.assumeIsolated { $0.turn() }
        }
        alive.store(true, ordering: .releasing)
        do throws(BrokerError) {
            try await session.openChannel(Session.data)
            _ = try await session.call(
                AMQP_CONFIRM_SELECT_METHOD,
                "confirm.select",
                channel: Session.data,
                reply: AMQP_CONFIRM_SELECT_OK_METHOD
            ) { $0.append(UInt8(0)) }
        } catch {
            session.die(error)
            settleDeath()
            throw error
        }
    }

    /// Whether the connection is up, as far as is known.
    package nonisolated var isAlive: Bool { alive.load(ordering: .acquiring) }

    /// Whether the broker has a resource alarm and takes no messages; publishing waits meanwhile.
    package nonisolated var isBlocked: Bool { blocked.load(ordering: .acquiring) }

    /// Publishes all, and waits until the broker has said what became of each; outcomes in the order of the messages.
    ///
    /// It always ends: under a resource alarm after ``BrokerConfiguration/blockedTimeout`` with ``BrokerError/blocked(_:)``, without
    /// a word from the broker after ``BrokerConfiguration/confirmTimeout`` or two silent heartbeats with
    /// ``BrokerError/lostConnection(_:)``. After either it is unknown which of the messages the broker has: send them again.
    /// With ``BrokerError/invalidMessage(_:)`` none was sent. A cancelled task waits all the same, since the messages are on their way.
    package func publish(_ messages: [OutgoingMessage]) async throws(BrokerError) -> [PublishOutcome] {
        let session = try living()
        guard !messages.isEmpty else { return [] }
        for message in messages { try message.validate(frameMax: session.transport.frameMax) }
        let result = await withCheckedContinuation { continuation in
            window.enqueue(PublishBatch(messages, enqueued: .now, waiter: continuation))
            turn()
        }
        return try result.get()
    }

    /// Closes the connection. What is unsettled, and every later call, throws ``BrokerError/closed``.
    package func close() async {
        session?.close()
        settleDeath()
    }

    /// The session, for declarations and the like.
    func living() throws(BrokerError) -> Session {
        guard let session else { throw .closed }
        if let death = session.death { throw death }
        return session
    }

    /// Everything there is to do now: read, look at the clock, send.
    private func turn() {
        guard let session, session.death == nil else { return }
        session.drain { receive($0, session) }
        tick(session)
        while session.death == nil, session.blockedReason == nil, session.transport.output.count < Self.outputLimit,
            let message = window.next()
        {
            session.transport.output.appendPublish(message, channel: Session.data, maxPayload: session.transport.maxPayload)
            // Whole chunks leave while the next is made, so the broker starts early.
            if session.transport.output.count >= 64 << 10 { session.flush() }
        }
        session.flush()
        settleDeath()
    }

    private func receive(_ frame: amqp_frame_t, _ session: Session) {
        guard Int32(frame.frame_type) == AMQP_FRAME_METHOD else {
            if incoming.take(frame) { returned() }
            return
        }
        let method = frame.payload.method
        var isKnown = true
        switch method.id {
        case AMQP_BASIC_ACK_METHOD:
            let ack = method.decoded.assumingMemoryBound(to: amqp_basic_ack_t.self).pointee
            isKnown = window.settle(ack.delivery_tag, multiple: ack.multiple != 0, as: .confirmed)
        case AMQP_BASIC_NACK_METHOD:
            let nack = method.decoded.assumingMemoryBound(to: amqp_basic_nack_t.self).pointee
            isKnown = window.settle(nack.delivery_tag, multiple: nack.multiple != 0, as: .refused)
        case AMQP_BASIC_RETURN_METHOD:
            incoming.begin(method)
        default:
            isKnown = false
        }
        if !isKnown { session.die(.protocolViolation("a confirm of what was never published")) }
    }

    private func returned() {
        let isFound = window.markReturned {
            $0.exchange == incoming.head.exchange && $0.routingKey == incoming.head.routingKey
                && $0.properties.messageID == incoming.properties.messageID && $0.body == incoming.body
        }
        if !isFound { logger.warning("the broker returned a message that is not in flight") }
    }

    private func tick(_ session: Session) {
        let now = ContinuousClock.now
        session.tick(now)
        guard session.death == nil else { return }
        blocked.store(session.blockedReason != nil, ordering: .releasing)
        if let reason = session.blockedReason {
            guard now - session.blockedChange > configuration.blockedTimeout else { return }
            window.abandon(enqueuedBefore: now - configuration.blockedTimeout, .blocked(reason))
        } else if window.inFlightCount > 0, now - max(window.lastProgress, session.blockedChange) > configuration.confirmTimeout {
            session.die(.lostConnection("no confirm within \(configuration.confirmTimeout)"))
        }
    }

    private func settleDeath() {
        guard let death = session?.death, alive.exchange(false, ordering: .acquiringAndReleasing) else { return }
        if death != .closed { logger.debug("publisher ends", metadata: ["error": "\(death)"]) }
        blocked.store(false, ordering: .releasing)
        window.abandonAll(death)
        executor.stop()
    }
}
