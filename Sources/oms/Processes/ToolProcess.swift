internal import Foundation
internal import Glibc

/// Programs whose end a tool waits for.
enum ToolProcess {
    /// Runs a program to its end, without blocking a thread. Servers that it leaves running do not hold it up.
    ///
    /// - Returns: what it wrote, standard error included.
    /// - Throws: `CommandFailure` with the end of its output where its status is not 0.
    @discardableResult
    static func run(_ program: String, _ arguments: [String]) async throws -> String {
        let file = "\(NSTemporaryDirectory())oms-tool-\(UUID().uuidString)"
        defer { unlink(file) }
        let process = try ChildProcess(program, arguments, output: .appending(file))
        let ending = await process.ended()
        let text = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard ending == .exit(0) else {
            let how = ending.map { "\($0)" } ?? "nothing"
            throw CommandFailure.fault("\(program) \(arguments.joined(separator: " ")) ended with \(how): \(text.suffix(1_000))")
        }
        return text
    }
}
