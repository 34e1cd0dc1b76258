internal import Glibc

/// The connections of a ``TCPProxy``; used by its thread alone.
struct TCPRelay {
    /// A client's connection and the one made to the server for it.
    private struct Pair {
        var client: Int32
        var server: Int32
        var toServer: [UInt8] = []
        var toClient: [UInt8] = []
        var clientEnded = false
        var serverEnded = false

        var isOver: Bool { (clientEnded && toServer.isEmpty) || (serverEnded && toClient.isEmpty) }
    }

    /// Beyond this the sender is not read any more, as on a real network.
    private static let window = 256 << 10

    let listener: Int32
    private let target: UInt16
    private let wake: Int32
    private var pairs: [Pair] = []

    init(listener: Int32, target: UInt16, wake: Int32) {
        self.listener = listener
        self.target = target
        self.wake = wake
    }

    /// Waits for something to do and does it.
    ///
    /// - Returns: how many connections were taken.
    mutating func turn(isStalled: Bool, isRefusing: Bool) -> Int {
        var waits = [pollfd(fd: wake, events: Int16(POLLIN), revents: 0), pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
        if !isStalled {
            for pair in pairs {
                waits.append(
                    interest(pair.client, reads: !pair.clientEnded && pair.toServer.count < Self.window, writes: !pair.toClient.isEmpty)
                )
                waits.append(
                    interest(pair.server, reads: !pair.serverEnded && pair.toClient.count < Self.window, writes: !pair.toServer.isEmpty)
                )
            }
        }
        guard poll(&waits, nfds_t(waits.count), -1) > 0 else { return 0 }
        if waits[0].revents != 0 { drainWake() }
        if !isStalled {
            for index in pairs.indices {
                let (client, server) = (waits[2 + 2 * index].revents, waits[3 + 2 * index].revents)
                if client & readable != 0 { pairs[index].clientEnded = !receive(pairs[index].client, into: &pairs[index].toServer) }
                if server & readable != 0 { pairs[index].serverEnded = !receive(pairs[index].server, into: &pairs[index].toClient) }
                if !send(&pairs[index].toServer, to: pairs[index].server) { pairs[index].serverEnded = true }
                if !send(&pairs[index].toClient, to: pairs[index].client) { pairs[index].clientEnded = true }
            }
            for pair in pairs where pair.isOver { end(pair, abruptly: false) }
            pairs.removeAll(where: \.isOver)
        }
        return waits[1].revents != 0 ? take(isRefusing: isRefusing) : 0
    }

    mutating func cutAll() {
        for pair in pairs { end(pair, abruptly: true) }
        pairs = []
    }

    private let readable = Int16(POLLIN | POLLHUP | POLLERR)

    private func interest(_ descriptor: Int32, reads: Bool, writes: Bool) -> pollfd {
        // A negative descriptor is passed over: nothing is wanted of it now, not even news of its end.
        let events = (reads ? Int16(POLLIN) : 0) | (writes ? Int16(POLLOUT) : 0)
        return pollfd(fd: events == 0 ? -1 : descriptor, events: events, revents: 0)
    }

    private mutating func take(isRefusing: Bool) -> Int {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return 0 }
        LoopbackSocket.prepare(client)
        guard !isRefusing, let server = LoopbackSocket.connect(to: target) else {
            LoopbackSocket.close(client, abruptly: true)
            return 0
        }
        pairs.append(Pair(client: client, server: server))
        return 1
    }

    /// False when the other side has closed.
    private func receive(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 1) { buffer in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { bytes.append(contentsOf: buffer[..<count]) }
            return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
        }
    }

    private func send(_ bytes: inout [UInt8], to descriptor: Int32) -> Bool {
        guard !bytes.isEmpty else { return true }
        let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        if count > 0 { bytes.removeFirst(count) }
        guard count < 0, errno != EAGAIN, errno != EINTR else { return true }
        bytes = []
        return false
    }

    private func end(_ pair: Pair, abruptly: Bool) {
        LoopbackSocket.close(pair.client, abruptly: abruptly)
        LoopbackSocket.close(pair.server, abruptly: abruptly)
    }

    private func drainWake() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            while read(wake, buffer.baseAddress, buffer.count) > 0 {}
        }
    }
}
