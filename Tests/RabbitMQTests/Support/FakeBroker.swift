internal import Glibc
internal import RabbitMQ
internal import Synchronization
internal import Testing

/// Speaks as much AMQP as a login, a channel, confirms and a subscription take, and otherwise does what the test says: what a real
/// broker does only in distress, without putting the one that other tests use in distress.
final class FakeBroker: Sendable {
    private struct State {
        var client: Int32 = -1
        var published = 0
        var heartbeats = 0
        var isReading = true
        var isStopped = false
    }

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())
    private let heartbeatSeconds: UInt16

    init(heartbeatSeconds: UInt16 = 0) throws {
        self.heartbeatSeconds = heartbeatSeconds
        (listener, port) = try LoopbackSocket.listen()
        onThread { [self] in serve() }
    }

    /// Messages that came in whole.
    var published: Int { state.withLock { $0.published } }
    /// Heartbeats that came in.
    var heartbeats: Int { state.withLock { $0.heartbeats } }

    func stopReading() { state.withLock { $0.isReading = false } }

    func stop() {
        state.withLock { $0.isStopped = true }
        shutdown(listener, Int32(SHUT_RDWR))
        shutdown(state.withLock { $0.client }, Int32(SHUT_RDWR))
    }

    func configuration() throws -> BrokerConfiguration {
        try BrokerConfiguration(urls: "amqp://127.0.0.1:\(port)?heartbeat=\(heartbeatSeconds)")
    }

    // MARK: Frames

    func send(_ method: UInt32, channel: UInt16, _ arguments: [UInt8] = []) {
        send(type: 1, channel: channel, payload: method.bytes + arguments)
    }

    func send(type: UInt8, channel: UInt16, payload: [UInt8]) {
        let client = state.withLock { $0.client }
        LoopbackSocket.write(client, [type] + channel.bytes + UInt32(payload.count).bytes + payload + [0xCE])
    }

    func block(_ reason: String) { send(0x000A_003C, channel: 0, [UInt8(reason.utf8.count)] + Array(reason.utf8)) }
    func unblock() { send(0x000A_003D, channel: 0) }
    func ack(_ tag: UInt64, multiple: Bool) { send(0x003C_0050, channel: 1, tag.bytes + [multiple ? 1 : 0]) }
    func nack(_ tag: UInt64, multiple: Bool) { send(0x003C_0078, channel: 1, tag.bytes + [multiple ? 1 : 0]) }

    /// Sends heartbeats from now on, whatever else it does.
    func pulse() {
        onThread { [self] in
            while !state.withLock({ $0.isStopped }) {
                send(type: 8, channel: 0, payload: [])
                usleep(200_000)
            }
        }
    }

    /// Delivers an empty message whose header, from the property flags on, is given as bytes.
    func deliver(tag: UInt64, rawProperties: [UInt8]) {
        send(0x003C_003C, channel: 1, [1] + Array("0".utf8) + tag.bytes + [0, 0, 0])
        send(type: 2, channel: 1, payload: UInt16(60).bytes + UInt16(0).bytes + UInt64(0).bytes + rawProperties)
    }

    // MARK: Its side of the conversation

    private func serve() {
        let client = accept(listener, nil, nil)
        state.withLock { $0.client = client }
        guard LoopbackSocket.read(client, count: 8) != nil else { return }
        let mechanism = Array("PLAIN".utf8)
        let locale = Array("en_US".utf8)
        send(0x000A_000A, channel: 0, [0, 9] + UInt32(0).bytes + UInt32(5).bytes + mechanism + UInt32(5).bytes + locale)
        var expected: UInt64 = 0
        while state.withLock({ $0.isReading }), let (type, channel, payload) = readFrame(client) {
            switch type {
            case 1: expected = answer(payload, channel) ?? expected
            case 2:
                expected = UInt64(bigEndianBytes: payload[4..<12])
                if expected == 0 { state.withLock { $0.published += 1 } }
            case 3:
                expected -= UInt64(payload.count)
                if expected == 0 { state.withLock { $0.published += 1 } }
            default: state.withLock { $0.heartbeats += 1 }
            }
        }
    }

    private func readFrame(_ client: Int32) -> (UInt8, UInt16, [UInt8])? {
        guard let head = LoopbackSocket.read(client, count: 7) else { return nil }
        let size = Int(UInt64(bigEndianBytes: head[3..<7]))
        guard let rest = LoopbackSocket.read(client, count: size + 1) else { return nil }
        return (head[0], UInt16(UInt64(bigEndianBytes: head[1..<3])), Array(rest.dropLast()))
    }

    private func answer(_ payload: [UInt8], _ channel: UInt16) -> UInt64? {
        switch UInt32(UInt64(bigEndianBytes: payload[0..<4])) {
        case 0x000A_000B: send(0x000A_001E, channel: 0, UInt16(8).bytes + UInt32(131_072).bytes + heartbeatSeconds.bytes)  // start-ok: tune
        case 0x000A_0028: send(0x000A_0029, channel: 0, [0])  // connection.open
        case 0x000A_0032: send(0x000A_0033, channel: 0)  // connection.close
        case 0x0014_000A: send(0x0014_000B, channel: channel, UInt32(0).bytes)  // channel.open
        case 0x0055_000A: send(0x0055_000B, channel: channel)  // confirm.select
        case 0x003C_000A: send(0x003C_000B, channel: channel)  // basic.qos
        case 0x003C_0014: send(0x003C_0015, channel: channel, [1] + Array("0".utf8))  // basic.consume
        default: break
        }
        return nil
    }
}

extension FixedWidthInteger {
    /// In network order.
    var bytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

extension UInt64 {
    init(bigEndianBytes bytes: some Sequence<UInt8>) { self = bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
