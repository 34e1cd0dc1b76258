internal import Glibc
internal import RabbitMQ
internal import Synchronization

/// Stands between a client and the broker, and can freeze: it then forwards nothing and reads nothing, as a stopped broker would.
final class BrokerProxy: Sendable {
    private struct State {
        var isFrozen = false
        var descriptors: [Int32] = []
        var fromClient = 0
    }

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())

    init(to target: UInt16) throws {
        (listener, port) = try LoopbackSocket.listen()
        onThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                let server = LoopbackSocket.connect(port: target)
                state.withLock { $0.descriptors += [client, server] }
                onThread { [self] in pump(client, server) { [self] count in state.withLock { $0.fromClient += count } } }
                onThread { [self] in pump(server, client) { _ in } }
            }
        }
    }

    /// Bytes that clients have sent so far.
    var bytesFromClient: Int { state.withLock { $0.fromClient } }

    private func pump(_ source: Int32, _ target: Int32, _ note: (Int) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            var poller = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
            poll(&poller, 1, 10)
            if state.withLock({ $0.isFrozen }) { continue }
            guard poller.revents != 0 else { continue }
            let count = recv(source, &buffer, buffer.count, 0)
            note(max(0, count))
            guard count > 0, LoopbackSocket.write(target, buffer.prefix(count)) else { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
    }

    func freeze() { state.withLock { $0.isFrozen = true } }

    /// Ends all connections without a word.
    func cut() {
        shutdown(listener, Int32(SHUT_RDWR))
        state.withLock { state in
            state.isFrozen = false
            for descriptor in state.descriptors { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// The configuration with this proxy in place of the broker.
    func standingIn(_ configuration: BrokerConfiguration) -> BrokerConfiguration {
        var configuration = configuration
        configuration.endpoints[0].host = "127.0.0.1"
        configuration.endpoints[0].port = port
        return configuration
    }
}
