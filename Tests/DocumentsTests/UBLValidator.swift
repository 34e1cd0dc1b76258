internal import Foundation
internal import Testing

/// Runs the public validators over invoices, all in one process.
///
/// `OMS_VALIDATOR_PYTHON` names a Python with what `Validators/requirements.txt` lists. Without it the tests are skipped, unless
/// `OMS_REQUIRE_SERVERS=1` says that nothing may be.
enum UBLValidator {
    static var python: String? { environment["OMS_VALIDATOR_PYTHON"] }
    static var isWanted: Bool { python != nil || environment["OMS_REQUIRE_SERVERS"] == "1" }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// What is wrong with each document, by name; empty when all are valid. Names that end in `.xsd` meet the schema only.
    static func complaints(about documents: [(name: String, xml: [UInt8])]) throws -> [String: String] {
        let python = try #require(python, "OMS_VALIDATOR_PYTHON is not set")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("oms-ubl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for document in documents { try Data(document.xml).write(to: folder.appendingPathComponent(document.name + ".xml")) }

        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Validators/validate.py")
        let output = try run(python, [script.path] + documents.map { folder.appendingPathComponent($0.name + ".xml").path })
        var verdicts: [String: String] = [:]
        for line in output.split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            verdicts[String(parts[0].dropLast(4))] = parts.count == 2 ? String(parts[1]) : "no verdict"
        }
        for document in documents where verdicts[document.name] == nil { verdicts[document.name] = "not looked at" }
        return verdicts.filter { $0.value != "ok" }
    }
}

/// Runs a program and returns what it printed; it must end with status 0.
func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) ended with status \(process.terminationStatus)")
    return String(decoding: output, as: UTF8.self)
}
