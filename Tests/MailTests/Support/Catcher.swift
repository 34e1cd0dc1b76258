import Foundation
import Synchronization

/// A mail catcher (`ops/catcher`) of the test's own, ended with the test.
final class Catcher: Sendable {
    let port: Int
    let spool: URL
    private let child: Mutex<Child?>
    /// The catcher ends when this is closed, as it is when the tests die.
    private let lifeline: Int32

    struct DidNotStart: Error {}

    convenience init(_ options: String...) throws { try self.init(options) }

    init(_ options: [String]) throws {
        spool = try Tool.temporaryFolder()
        let (input, lifeline) = try Child.pipe()
        let (reading, output) = try Child.pipe()
        let program = Tool.root.appending(path: "ops/catcher").path
        let child = try Child(["/usr/bin/python3", program, "--spool", spool.path, "--until-eof"] + options, input: input, output: output)
        close(input)
        close(output)
        let answers = FileHandle(fileDescriptor: reading, closeOnDealloc: true)
        var line = ""
        while !line.contains("\n"), case let more = answers.availableData, !more.isEmpty { line += String(decoding: more, as: UTF8.self) }
        self.child = Mutex(child)
        self.lifeline = lifeline
        guard let port = Int(line.split(separator: ":").last?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "") else {
            throw DidNotStart()
        }
        self.port = port
    }

    /// Ends it and waits for the end.
    func stop() {
        child.withLock {
            $0?.end()
            $0 = nil
        }
    }

    deinit {
        stop()
        close(lifeline)
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
