import Foundation
import Synchronization

/// A mail catcher (`ops/catcher`) of the test's own, ended with the test.
final class Catcher: Sendable {
    let port: Int
    let spool: URL
    private let process: Mutex<Process>

    struct DidNotStart: Error {}

    convenience init(_ options: String...) throws { try self.init(options) }

    init(_ options: [String]) throws {
        spool = try Tool.temporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [Tool.root.appending(path: "ops/catcher").path, "--spool", spool.path, "--until-eof"] + options
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = Pipe()
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.split(separator: ":").last?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "") else { throw DidNotStart() }
        self.port = port
        self.process = Mutex(process)
    }

    /// Ends it and waits for the end.
    func stop() {
        process.withLock {
            $0.terminate()
            $0.waitUntilExit()
        }
    }

    deinit {
        process.withLock { $0.terminate() }
        try? FileManager.default.removeItem(at: spool)
    }

    var url: String { "smtp://127.0.0.1:\(port)" }

    func mails() throws -> [CaughtMail] { try CaughtMail.all(in: spool) }
}

/// The stack's mail catcher where there is one, else one of the tests' own.
enum MailStack {
    struct Missing: Error, CustomStringConvertible {
        let description = "OMS_SMTP_URL and OMS_SMTP_SPOOL must be set: eval \"$(ops/stack env)\""
    }

    private static let own = Result { try Catcher() }

    static func server() throws -> (url: String, spool: URL) {
        let environment = ProcessInfo.processInfo.environment
        if let url = environment["OMS_SMTP_URL"], let spool = environment["OMS_SMTP_SPOOL"] { return (url, URL(fileURLWithPath: spool)) }
        guard environment["OMS_REQUIRE_SERVERS"] != "1" else { throw Missing() }
        let catcher = try own.get()
        return (catcher.url, catcher.spool)
    }
}
