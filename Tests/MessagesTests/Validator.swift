import Foundation

/// Runs a script of `Validators/`, a foreign judge written in Python. `OMS_VALIDATOR_PYTHON` names an interpreter that has
/// the packages of `Validators/requirements.txt`.
enum Validator {
    struct Answer {
        var status: Int32
        var lines: [Substring]
        /// What went wrong, for the test's report.
        var complaint: String
    }

    static func run(_ script: String, _ arguments: [String], input: [UInt8] = []) throws -> Answer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "oms-validator-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files instead of pipes: a pipe that nobody empties would stop both sides.
        let files = ["input", "output", "error"].map { folder.appending(path: $0) }
        try Data(input).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let python = ProcessInfo.processInfo.environment["OMS_VALIDATOR_PYTHON"] ?? "python3"
        process.arguments = [python, Paths.validators.appending(path: script).path] + arguments
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        return Answer(
            status: process.terminationStatus,
            lines: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self).split(separator: "\n"),
            complaint: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
        )
    }
}
