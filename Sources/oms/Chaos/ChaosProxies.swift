internal import Foundation
internal import Glibc

/// A proxy before the broker and one before the database, for the workers only: `ops/lib/proxy.py`.
final class ChaosProxies {
    private static let secondsToStart = 60

    private let process: ChildProcess
    /// A socket whose other end is the proxy's standard input and output.
    private let socket: Int32
    /// What the workers are to use.
    let databaseURL: String
    let brokerURL: String

    /// - Throws: `CommandFailure` where a URL names no single host and port, or the proxy does not start.
    init(databaseURL: String, brokerURL: String, script: String) throws {
        let targets = try [databaseURL, brokerURL].map(Self.address)
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw CommandFailure.fault("no socket can be made for the proxy \(script)")
        }
        socket = ends[0]
        defer { close(ends[1]) }
        do {
            process = try ChildProcess(
                "/usr/bin/python3",
                [script] + targets,
                input: .descriptor(ends[1]),
                output: .descriptor(ends[1])
            )
        } catch {
            close(ends[0])
            throw error
        }
        guard let ports = Self.ports(from: ends[0], count: targets.count) else {
            process.kill()
            close(ends[0])
            throw CommandFailure.fault("the proxy \(script) does not start")
        }
        self.databaseURL = databaseURL.replacingOccurrences(of: targets[0], with: "127.0.0.1:\(ports[0])")
        self.brokerURL = brokerURL.replacingOccurrences(of: targets[1], with: "127.0.0.1:\(ports[1])")
    }

    func cut() { command("cut") }
    func stall() { command("stall") }
    func flow() { command("flow") }

    /// At once: whatever still goes through it ends with it.
    func end() {
        process.kill()
        close(socket)
    }

    private func command(_ word: String) {
        // No signal where the proxy is gone: the run then fails by what it finds.
        _ = Array("\(word)\n".utf8).withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// A port a line. `nil` where it ends before, or is silent for too long.
    private static func ports(from socket: Int32, count: Int) -> [Int]? {
        var patience = timeval(tv_sec: secondsToStart, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var text: [UInt8] = []
        while text.count(where: { $0 == UInt8(ascii: "\n") }) < count {
            var buffer = [UInt8](repeating: 0, count: 256)
            let read = recv(socket, &buffer, buffer.count, 0)
            guard read > 0 else { return nil }
            text += buffer[..<read]
        }
        let ports = String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { Int($0) }
        return ports.count == count ? ports : nil
    }

    private static func address(of url: String) throws -> String {
        guard let components = URLComponents(string: url), let host = components.host, let port = components.port else {
            throw CommandFailure.wrongUse("chaos needs one host and port in each URL of a stack that is no cluster.")
        }
        return "\(host):\(port)"
    }
}
