internal import Foundation

/// A proxy before the broker and one before the database, for the workers only: `ops/lib/proxy.py`.
final class ChaosProxies {
    private let process = Process()
    private let commands = Pipe()
    /// What the workers are to use.
    let databaseURL: String
    let brokerURL: String

    /// - Throws: `CommandFailure` where a URL names no single host and port, or the proxy does not start.
    init(databaseURL: String, brokerURL: String, script: String) throws {
        let targets = try [databaseURL, brokerURL].map(Self.address)
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [script] + targets
        process.standardInput = commands
        process.standardOutput = output
        try process.run()
        var text = ""
        while text.split(separator: "\n", omittingEmptySubsequences: true).count < 2 || !text.hasSuffix("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw CommandFailure.fault("the proxy \(script) does not start") }
            text += String(decoding: data, as: UTF8.self)
        }
        let ports = text.split(separator: "\n")
        self.databaseURL = databaseURL.replacingOccurrences(of: targets[0], with: "127.0.0.1:\(ports[0])")
        self.brokerURL = brokerURL.replacingOccurrences(of: targets[1], with: "127.0.0.1:\(ports[1])")
    }

    func cut() { command("cut") }
    func stall() { command("stall") }
    func flow() { command("flow") }

    func end() {
        try? commands.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private func command(_ word: String) { commands.fileHandleForWriting.write(Data("\(word)\n".utf8)) }

    private static func address(of url: String) throws -> String {
        guard let components = URLComponents(string: url), let host = components.host, let port = components.port else {
            throw CommandFailure.wrongUse("chaos needs one host and port in each URL of a stack that is no cluster.")
        }
        return "\(host):\(port)"
    }
}
