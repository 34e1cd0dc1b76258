internal import Glibc
internal import Synchronization

/// A relay on loopback between a client and a server, with which a test breaks the network: connections cut, bytes held back,
/// nobody listening.
///
/// One thread carries all connections.
package final class TCPProxy: Sendable {
    struct Orders {
        var isStalled = false
        var isRefusing = false
        var cuts = 0
        var isStopping = false
    }

    /// Where clients connect to, on 127.0.0.1.
    package let port: UInt16

    private let orders: Mutex<Orders>
    private let accepted = Atomic<Int>(0)
    private let wake: (read: Int32, write: Int32)

    /// Listens at once.
    ///
    /// - Parameter target: the server's port on 127.0.0.1.
    package init(to target: UInt16) throws {
        let listener = try LoopbackSocket.listen()
        port = try LoopbackSocket.port(of: listener)
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw TestSupportError("no pipe: \(LoopbackSocket.reason)") }
        for end in ends { LoopbackSocket.prepare(end) }
        wake = (ends[0], ends[1])
        orders = Mutex(Orders())
        let relay = TCPRelay(listener: listener, target: target, wake: ends[0])
        // The thread holds the proxy until it stops.
        let start = Unmanaged.passRetained(Start(proxy: self, relay: relay))
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                start.proxy.carry(start.relay)
                return nil
            },
            start.toOpaque()
        )
        guard status == 0 else {
            start.release()
            throw TestSupportError("no thread for the proxy")
        }
        pthread_detach(thread)
    }

    /// How many connections it has taken so far.
    package var connectionCount: Int { accepted.load(ordering: .acquiring) }

    /// Closes every connection that is open now, with a reset where the kernel can.
    package func cut() { order { $0.cuts += 1 } }

    /// Holds back every byte, of new connections too, until ``resume()``: what a dead network looks like to both ends.
    package func stall() { order { $0.isStalled = true } }

    package func resume() { order { $0.isStalled = false } }

    /// Cuts everything, and whoever connects is cut at once, until ``accept()``.
    package func refuse() {
        order {
            $0.isRefusing = true
            $0.cuts += 1
        }
    }

    package func accept() { order { $0.isRefusing = false } }

    /// Cuts everything and stops listening.
    package func stop() { order { $0.isStopping = true } }

    private func order(_ change: (inout sending Orders) -> Void) {
        orders.withLock { change(&$0) }
        var byte: UInt8 = 1
        _ = write(wake.write, &byte, 1)
    }

    private func carry(_ relay: TCPRelay) {
        var relay = relay
        var cuts = 0
        while true {
            let now = orders.withLock { $0 }
            if now.isStopping { break }
            if now.cuts != cuts {
                cuts = now.cuts
                relay.cutAll()
            }
            let taken = relay.turn(isStalled: now.isStalled, isRefusing: now.isRefusing)
            accepted.add(taken, ordering: .releasing)
        }
        relay.cutAll()
        close(relay.listener)
        close(wake.read)
        close(wake.write)
    }

    private final class Start {
        let proxy: TCPProxy
        let relay: TCPRelay

        init(proxy: TCPProxy, relay: TCPRelay) {
            self.proxy = proxy
            self.relay = relay
        }
    }
}

/// Runs `body` with a proxy in front of `port`, and stops it afterwards.
package func withProxy<Result>(to port: UInt16, _ body: (TCPProxy) async throws -> Result) async throws -> Result {
    let proxy = try TCPProxy(to: port)
    defer { proxy.stop() }
    return try await body(proxy)
}
