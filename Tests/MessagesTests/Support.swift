import Commerce
import Foundation
import Messages
import Testing

/// When the tests' messages arrive: after every sample's own times.
let receipt = Timestamp(seconds: 1_893_456_000)

func decode(_ type: String, _ body: String, contentType: String? = "application/json") throws(MessageRefusal) -> InboundMessage {
    try InboundDecoder.decode(type: type, contentType: contentType, body: Array(body.utf8), receivedAt: receipt)
}

/// The refusal that `body` gets; `nil` where it is taken.
func refusal(_ type: String, _ body: String, contentType: String? = "application/json") -> MessageRefusal? {
    do throws(MessageRefusal) {
        _ = try decode(type, body, contentType: contentType)
        return nil
    } catch {
        return error
    }
}

/// A sample file and the type of message it is of.
struct Sample: CustomTestStringConvertible {
    var file: URL
    var type: String
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var name: String { file.lastPathComponent }
    var isCloudEvent: Bool { name.hasSuffix(".cloudevent.json") }
    var testDescription: String { name }

    static let inbound = all("inbound", types: InboundType.allCases.map(\.rawValue))
    static let events = all("events", types: EventType.allCases.map(\.rawValue))

    static func inbound(_ name: String) throws -> String {
        try #require(inbound.first { $0.name == name + ".json" }).text
    }

    private static func all(_ folder: String, types: [String]) -> [Sample] {
        let directory = Paths.queues.appending(path: "samples/\(folder)")
        let files = (try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.compactMap { file in
            let own = file.deletingPathExtension().lastPathComponent
            guard let type = types.filter({ own == $0 || own.hasPrefix($0 + ".") }).max(by: { $0.count < $1.count }),
                let data = try? Data(contentsOf: file)
            else { return nil }
            return Sample(file: file, type: type, body: Array(data))
        }
    }
}

extension String {
    /// The text with its only `target` replaced; a test that changes nothing would prove nothing.
    func with(_ target: String, _ replacement: String) throws -> String {
        let parts = components(separatedBy: target)
        try #require(parts.count == 2, "\(target) stands \(parts.count - 1) times")
        return parts.joined(separator: replacement)
    }
}
