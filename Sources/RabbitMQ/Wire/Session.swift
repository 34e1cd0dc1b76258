internal import CRabbitMQ
internal import PinnedExecutor
internal import Synchronization

/// One connection's life, from login to death: frames in and out, heartbeats, calls that wait for an answer, the broker's alarms.
///
/// Used on its connection's thread only. It never recovers: once ``death`` is set, all that was owed has failed with it, and whoever
/// needs the broker makes a new session.
final class Session {
    /// The channel for messages; its end is the session's end.
    static let data: UInt16 = 1
    /// The channel for declarations and the like, which the broker closes at every refusal: messages in flight must not go with it.
    static let management: UInt16 = 2

    private static let numbers = Atomic<UInt64>(0)

    /// Unique in this process.
    let number = Session.numbers.add(1, ordering: .relaxed).newValue
    let transport: Transport
    /// Why the session is over.
    private(set) var death: BrokerError?
    /// The broker's reason, while it takes no messages.
    private(set) var blockedReason: String?
    /// When that began, or ended.
    private(set) var blockedChange = ContinuousClock.now

    private let executor: PinnedExecutor
    private let rpcTimeout: Duration
    private let heartbeat: Duration?
    private var lastHeard = ContinuousClock.now
    private var lastSent = ContinuousClock.now
    private var calls: [PendingCall] = []
    private var isManagementOpen = false
    private var failure: BrokerError?

    private struct PendingCall {
        var channel: UInt16
        var reply: amqp_method_number_t
        var name: String
        var deadline: ContinuousClock.Instant
        var continuation: CheckedContinuation<Result<Reply, BrokerError>, Never>
    }

    /// What a call got back.
    struct Reply: Sendable {
        var messages = 0
        var consumers = 0
    }

    /// Connects and logs in, blocking the thread.
    init(_ configuration: BrokerConfiguration, executor: PinnedExecutor) throws(BrokerError) {
        transport = try Transport.connect(configuration)
        self.executor = executor
        rpcTimeout = configuration.rpcTimeout
        heartbeat = transport.heartbeatSeconds > 0 ? .seconds(transport.heartbeatSeconds) : nil
    }

    /// Ends the session: every call that waits fails, the socket is closed.
    func die(_ error: BrokerError) {
        guard death == nil else { return }
        death = error
        executor.unwatch()
        transport.close()
        failCalls { _ in true }
    }

    /// Says goodbye where the broker listens, then ends the session.
    func close() {
        guard death == nil else { return }
        executor.unwatch()
        if blockedReason == nil { transport.closeGracefully(patience: .seconds(2)) }
        die(.closed)
    }

    // MARK: Reading

    /// Takes every frame that is there and hands those about messages to `receive`.
    func drain(_ receive: (amqp_frame_t) -> Void) {
        guard death == nil else { return }
        do throws(BrokerError) {
            if transport.hasInput() {
                lastHeard = .now
                var frame = amqp_frame_t()
                while death == nil, try transport.read(&frame) {
                    handle(frame, receive)
                    if death == nil { transport.release(channel: frame.channel) }
                }
            }
            // A write failed; what the broker had to say about it has now been read.
            if let failure { die(failure) }
        } catch {
            die(error)
        }
    }

    private func handle(_ frame: amqp_frame_t, _ receive: (amqp_frame_t) -> Void) {
        guard Int32(frame.frame_type) == AMQP_FRAME_METHOD else { return receive(frame) }
        let method = frame.payload.method
        switch method.id {
        case AMQP_BASIC_DELIVER_METHOD, AMQP_BASIC_ACK_METHOD, AMQP_BASIC_NACK_METHOD, AMQP_BASIC_RETURN_METHOD, AMQP_BASIC_CANCEL_METHOD:
            receive(frame)
        case AMQP_CONNECTION_BLOCKED_METHOD:
            let reason = method.decoded.assumingMemoryBound(to: amqp_connection_blocked_t.self).pointee.reason
            blockedReason = String(reason)
            blockedChange = .now
        case AMQP_CONNECTION_UNBLOCKED_METHOD:
            blockedReason = nil
            blockedChange = .now
        case AMQP_CONNECTION_CLOSE_METHOD:
            let close = method.decoded.assumingMemoryBound(to: amqp_connection_close_t.self).pointee
            let error = BrokerError(replyCode: close.reply_code, text: String(close.reply_text))
            transport.output.appendMethod(AMQP_CONNECTION_CLOSE_OK_METHOD, channel: 0)
            flush()
            die(error)
        case AMQP_CHANNEL_CLOSE_METHOD:
            let close = method.decoded.assumingMemoryBound(to: amqp_channel_close_t.self).pointee
            channelClosed(frame.channel, BrokerError(replyCode: close.reply_code, text: String(close.reply_text)))
        default:
            answered(frame.channel, method)
        }
    }

    private func channelClosed(_ channel: UInt16, _ error: BrokerError) {
        guard channel == Self.management else { return die(error) }
        isManagementOpen = false
        transport.output.appendMethod(AMQP_CHANNEL_CLOSE_OK_METHOD, channel: channel)
        flush()
        failCalls(with: error) { $0.channel == channel }
    }

    private func answered(_ channel: UInt16, _ method: amqp_method_t) {
        guard let index = calls.firstIndex(where: { $0.channel == channel }), calls[index].reply == method.id else {
            let name = amqp_method_name(method.id).map { String(cString: $0) } ?? "method \(method.id)"
            return die(.protocolViolation("unexpected \(name)"))
        }
        var reply = Reply()
        if method.id == AMQP_QUEUE_DECLARE_OK_METHOD {
            let declared = method.decoded.assumingMemoryBound(to: amqp_queue_declare_ok_t.self).pointee
            reply = Reply(messages: Int(declared.message_count), consumers: Int(declared.consumer_count))
        } else if method.id == AMQP_QUEUE_PURGE_OK_METHOD {
            reply.messages = Int(method.decoded.assumingMemoryBound(to: amqp_queue_purge_ok_t.self).pointee.message_count)
        } else if method.id == AMQP_QUEUE_DELETE_OK_METHOD {
            reply.messages = Int(method.decoded.assumingMemoryBound(to: amqp_queue_delete_ok_t.self).pointee.message_count)
        }
        calls.remove(at: index).continuation.resume(returning: .success(reply))
    }

    private func failCalls(with error: BrokerError? = nil, _ isMeant: (PendingCall) -> Bool) {
        let failed = calls.filter(isMeant)
        calls.removeAll(where: isMeant)
        for call in failed { call.continuation.resume(returning: .failure(error ?? death ?? .closed)) }
    }

    // MARK: Writing

    /// Sends what the socket takes; the rest follows when it takes more.
    func flush() {
        guard death == nil, failure == nil, !transport.output.isEmpty else { return }
        do throws(BrokerError) {
            executor.watchWriting(!(try transport.flush()))
            lastSent = .now
        } catch {
            // The reason, a `connection.close`, may still wait to be read: the next drain, which this hang-up calls for, ends the session.
            failure = error
        }
    }

    /// Sends a method and waits for its answer.
    func call(
        _ method: amqp_method_number_t,
        _ name: String,
        channel: UInt16,
        reply: amqp_method_number_t,
        _ arguments: (inout OutputBuffer) -> Void = { _ in }
    ) async throws(BrokerError) -> Reply {
        if let death { throw death }
        transport.output.appendMethod(method, channel: channel, arguments)
        let result = await withCheckedContinuation { continuation in
            calls.append(
                PendingCall(channel: channel, reply: reply, name: name, deadline: .now + rpcTimeout, continuation: continuation)
            )
            flush()
        }
        return try result.get()
    }

    /// The same on the management channel, which is opened where needed.
    func manage(
        _ method: amqp_method_number_t,
        _ name: String,
        reply: amqp_method_number_t,
        _ arguments: (inout OutputBuffer) -> Void
    ) async throws(BrokerError) -> Reply {
        if !isManagementOpen {
            isManagementOpen = true
            try await openChannel(Self.management)
        }
        return try await call(method, name, channel: Self.management, reply: reply, arguments)
    }

    func openChannel(_ channel: UInt16) async throws(BrokerError) {
        _ = try await call(AMQP_CHANNEL_OPEN_METHOD, "channel.open", channel: channel, reply: AMQP_CHANNEL_OPEN_OK_METHOD) {
            $0.append(UInt8(0))
        }
    }

    // MARK: Time

    /// To be called several times a second: sends heartbeats, and ends a session whose broker is silent.
    func tick(_ now: ContinuousClock.Instant) {
        guard death == nil else { return }
        if let heartbeat {
            if now - lastHeard > heartbeat * 2 { return die(.lostConnection("nothing heard for \(heartbeat * 2)")) }
            // Bytes that wait for the socket are as good a sign of life, once it takes them.
            if now - lastSent > heartbeat / 2, transport.output.isEmpty {
                transport.output.appendHeartbeat()
                flush()
            }
        }
        if let late = calls.first(where: { $0.deadline < now }) {
            die(blockedReason.map { .blocked($0) } ?? .lostConnection("no answer to \(late.name) within \(rpcTimeout)"))
        }
    }
}
