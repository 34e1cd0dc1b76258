internal import Foundation

/// A command of this program as somebody would type it, run and shown with what it says.
struct SceneCommand: Sendable {
    var arguments: [String]
    /// Shows only what comes from this line on, as `sed` would.
    var from: String?

    init(_ words: String, from: String? = nil) {
        arguments = words.split(separator: " ").map(String.init)
        self.from = from
    }

    /// What stands behind the prompt.
    var typed: String { "oms \(arguments.joined(separator: " "))" + (from.map { " | sed -n '/^\($0)/,$p'" } ?? "") }

    /// Runs it in a process of its own; gives its output's lines.
    ///
    /// - Throws: `CommandFailure` when it does not end with status 0.
    func run() async throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let (status, data) = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<(Int32, Data), any Error>) in
            // Reading and waiting block: not on a thread that others need.
            Thread.detachNewThread {
                do {
                    try process.run()
                    let data = try output.fileHandleForReading.readToEnd() ?? Data()
                    process.waitUntilExit()
                    continuation.resume(returning: (process.terminationStatus, data))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
        var lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard status == 0 else {
            throw CommandFailure.fault("`\(typed)` ended with status \(status): \(lines.last ?? "")")
        }
        guard let from else { return lines }
        return Array(lines.drop { !$0.hasPrefix(from) })
    }
}
