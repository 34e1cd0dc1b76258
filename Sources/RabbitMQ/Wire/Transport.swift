internal import CRabbitMQ
internal import Glibc

/// The C library's connection: opened, logged in, then read frame by frame; used on its owner's thread only.
///
/// Reading and TLS are the library's. Writing is ours where the connection is plain: frames of a whole batch leave with one `send`
/// that never waits, whereas `amqp_basic_publish` of version 0.11 makes three system calls per message and can block for ever
/// once the broker stops reading. With TLS each frame goes through the library, one at a time and only while the socket takes it.
///
/// The heartbeat is ours too (see ``Session``): after the login the library is told there is none, so it never writes on its own
/// in the middle of a frame of ours, and never closes the connection by itself.
final class Transport {
    private let state: amqp_connection_state_t
    let descriptor: Int32
    /// The largest payload a frame of ours may carry.
    let maxPayload: Int
    let frameMax: Int
    /// Agreed with the broker; 0 where there is none.
    let heartbeatSeconds: Int
    private let isEncrypted: Bool
    private var isOpen = true
    private var decodingPool = amqp_pool_t()
    var output = OutputBuffer()

    /// With TLS, a frame is only begun while the socket reports room, which is then at least a third of its send buffer
    /// (Linux: `sk_stream_is_writeable`; 87,040 bytes at first). A frame of this size fits, so the library never waits.
    private static let encryptedPayload = 16 * 1_024

    /// Takes over a connection that is logged in.
    init(loggedIn state: amqp_connection_state_t, isEncrypted: Bool) {
        self.state = state
        self.isEncrypted = isEncrypted
        descriptor = amqp_get_sockfd(state)
        frameMax = Int(amqp_get_frame_max(state))
        heartbeatSeconds = Int(amqp_get_heartbeat(state))
        maxPayload = isEncrypted ? Self.encryptedPayload : frameMax - OutputBuffer.frameOverhead
        amqp_tune_connection(state, amqp_get_channel_max(state), amqp_get_frame_max(state), 0)
        init_amqp_pool(&decodingPool, 4_096)
    }

    deinit {
        close()
        empty_amqp_pool(&decodingPool)
    }

    /// Closes the socket, at once and without a word to the broker.
    func close() {
        guard isOpen else { return }
        isOpen = false
        output.removeAll()
        amqp_destroy_connection(state)
    }

    /// Says goodbye and waits for the answer, at most `patience`; then closes the socket.
    func closeGracefully(patience: Duration) {
        guard isOpen else { return }
        var limit = timeval(patience)
        if (try? flush()) == true, isWritable(), amqp_set_rpc_timeout(state, &limit) == AMQP_STATUS_OK.rawValue {
            _ = amqp_connection_close(state, AMQP_REPLY_SUCCESS)
        }
        close()
    }

    /// Whether bytes wait to be read, or the end of the connection. One cheap call that spares the library's two.
    func hasInput() -> Bool {
        if amqp_frames_enqueued(state) != 0 || amqp_data_in_buffer(state) != 0 { return true }
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count >= 0 || (errno != EAGAIN && errno != EINTR)
    }

    /// Takes the next whole frame, if it is there. What it points to lives until ``release(channel:)``.
    func read(_ frame: inout amqp_frame_t) throws(BrokerError) -> Bool {
        var zero = timeval()
        let status = amqp_simple_wait_frame_noblock(state, &frame, &zero)
        if status == AMQP_STATUS_OK.rawValue { return true }
        if status == AMQP_STATUS_TIMEOUT.rawValue { return false }
        throw .lostConnection(libraryText(status))
    }

    func release(channel: UInt16) { amqp_maybe_release_buffers_on_channel(state, channel) }

    /// Sends what the socket takes without waiting; true when nothing is left.
    func flush() throws(BrokerError) -> Bool {
        if isEncrypted { return try flushFrames() }
        while !output.isEmpty {
            let waiting = output.waiting
            let count = send(descriptor, waiting.baseAddress, waiting.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
            if count >= 0 {
                output.removeFirst(count)
            } else if errno == EAGAIN {
                return false
            } else if errno != EINTR {
                throw .lostConnection(String(cString: strerror(errno)))
            }
        }
        return true
    }

    private func isWritable() -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&poller, 1, 0) > 0
    }

    private func flushFrames() throws(BrokerError) -> Bool {
        while !output.isEmpty {
            guard isWritable() else { return false }
            var frame = amqp_frame_t()
            let size = try decodeFirst(into: &frame)
            let status = amqp_send_frame(state, &frame)
            recycle_amqp_pool(&decodingPool)
            guard status == AMQP_STATUS_OK.rawValue else { throw .lostConnection(libraryText(status)) }
            output.removeFirst(size)
        }
        return true
    }

    /// The library encrypts frames, not bytes: the first one that waits is turned back into one.
    private func decodeFirst(into frame: inout amqp_frame_t) throws(BrokerError) -> Int {
        let waiting = output.waiting
        frame.frame_type = waiting[0]
        frame.channel = waiting.loadUnaligned(fromByteOffset: 1, as: UInt16.self).bigEndian
        let length = Int(waiting.loadUnaligned(fromByteOffset: 3, as: UInt32.self).bigEndian)
        let payload = UnsafeRawBufferPointer(rebasing: waiting[7..<7 + length])
        var status = AMQP_STATUS_OK.rawValue
        switch Int32(frame.frame_type) {
        case AMQP_FRAME_METHOD:
            frame.payload.method.id = payload.loadUnaligned(as: UInt32.self).bigEndian
            status = amqp_decode_method(frame.payload.method.id, &decodingPool, payload.bytes(from: 4), &frame.payload.method.decoded)
        case AMQP_FRAME_HEADER:
            frame.payload.properties.class_id = payload.loadUnaligned(as: UInt16.self).bigEndian
            frame.payload.properties.body_size = payload.loadUnaligned(fromByteOffset: 4, as: UInt64.self).bigEndian
            status = amqp_decode_properties(
                frame.payload.properties.class_id,
                &decodingPool,
                payload.bytes(from: 12),
                &frame.payload.properties.decoded
            )
        default:
            frame.payload.body_fragment = payload.bytes(from: 0)
        }
        guard status == AMQP_STATUS_OK.rawValue else { throw .protocolViolation(libraryText(status)) }
        return length + OutputBuffer.frameOverhead
    }
}

extension UnsafeRawBufferPointer {
    /// For the library, which takes a mutable pointer and only reads.
    fileprivate func bytes(from offset: Int) -> amqp_bytes_t {
        amqp_bytes_t(len: count - offset, bytes: UnsafeMutableRawPointer(mutating: baseAddress.map { $0 + offset }))
    }
}

/// What the library calls a status.
func libraryText(_ status: Int32) -> String {
    guard let text = amqp_error_string2(status) else { return "status \(status)" }
    return String(cString: text)
}

extension timeval {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
