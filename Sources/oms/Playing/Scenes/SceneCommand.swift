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
        let text = try await ToolProcess.run(ChildProcess.thisProgram, arguments)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard let from else { return lines }
        return Array(lines.drop { !$0.hasPrefix(from) })
    }
}
