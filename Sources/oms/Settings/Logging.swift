internal import Foundation
internal import Logging

/// Logs go to standard error: for people, or one JSON object a line.
enum Logging {
    /// For commands: their own output says what there is to say.
    static let quiet = Logger(label: "oms") { _ in SwiftLogNoOpLogHandler() }

    static func bootstrap(_ settings: Settings) throws {
        let format = try settings.logFormat ?? (isatty(FileHandle.standardError.fileDescriptor) == 1 ? "human" : "json")
        guard format == "human" || format == "json" else { throw CommandFailure.wrongUse("OMS_LOG_FORMAT must be human or json.") }
        let name = try settings.logLevel
        guard let level = Logger.Level(rawValue: name) else {
            throw CommandFailure.wrongUse("OMS_LOG_LEVEL must be debug, info, warning or error.")
        }
        LoggingSystem.bootstrap { _ in LineLogHandler(isJSON: format == "json", logLevel: level) }
    }
}

/// Writes one line per record, whole, with a single `write(2)`.
struct LineLogHandler: LogHandler {
    let isJSON: Bool
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = event.metadata.map { metadata.merging($0) { _, own in own } } ?? metadata
        let pairs = all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        let line = isJSON ? json(event, pairs) : human(event, pairs)
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    private func human(_ event: LogEvent, _ pairs: [(String, String)]) -> String {
        let time = Date.now.formatted(.iso8601.time(includingFractionalSeconds: true))
        let fields = pairs.map { " \($0.0)=\(Terminal.safe($0.1))" }.joined()
        return
            "\(time) \(event.level.rawValue.uppercased().padding(toLength: 7, withPad: " ", startingAt: 0)) \(Terminal.safe("\(event.message)"))\(fields)"
    }

    private func json(_ event: LogEvent, _ pairs: [(String, String)]) -> String {
        var object: [String: String] = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        object["time"] = Date.now.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted)
        )
        object["level"] = event.level.rawValue
        object["message"] = "\(event.message)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
