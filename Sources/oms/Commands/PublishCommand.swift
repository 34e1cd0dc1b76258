internal import ArgumentParser
internal import Foundation
internal import Messages
internal import RabbitMQ

struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish messages to oms.inbound, confirmed.",
        discussion: """
            One JSON document, or NDJSON: one a line. They are published as they are: it is the workers who check them.

            Example: oms publish order.placed queues/samples/order.placed.json
            """
    )

    @Argument(help: "The message's type, e.g. order.placed.")
    var type: String

    @Argument(help: "The file, or - for standard input.")
    var file = "-"

    @Option(help: "Message id; with several messages each gets its number behind it.")
    var messageID: String?

    func run() async throws {
        guard !type.isEmpty, type.utf8.count <= 255, !type.utf8.contains(where: { $0 <= 0x20 }) else {
            throw CommandFailure.wrongUse("A message's type is 1 to 255 bytes without spaces.")
        }
        let settings = try await Settings.load()
        let bodies = Self.documents(try InputFile.bytes(file, limit: 1 << 30))
        guard !bodies.isEmpty else { throw CommandFailure.wrongUse("There is nothing to publish in \(file).") }
        let publisher = try await settings.publisher()
        let messages = bodies.enumerated().map { index, body in
            var properties = MessageProperties()
            properties.contentType = "application/json"
            properties.type = type
            properties.messageID = messageID.map { bodies.count == 1 ? $0 : "\($0)-\(index + 1)" } ?? UUID().uuidString
            return OutgoingMessage(
                exchange: BrokerTopology.inboundExchange,
                routingKey: type,
                mandatory: true,
                properties: properties,
                body: body
            )
        }
        var confirmed = 0
        for start in stride(from: 0, to: messages.count, by: 1_000) {
            let outcomes = try await publisher.publish(Array(messages[start..<min(start + 1_000, messages.count)]))
            confirmed += outcomes.count { $0 == .confirmed }
        }
        await publisher.close()
        guard confirmed == messages.count else {
            throw CommandFailure.fault(
                "\(messages.count - confirmed) of \(messages.count) messages were not taken: has `oms topology apply` run?"
            )
        }
        Terminal.print("published \(confirmed) \(type)")
    }

    /// One document, however many lines it has; or one a line, where every line by itself is an object.
    private static func documents(_ bytes: [UInt8]) -> [[UInt8]] {
        let lines = bytes.split(separator: UInt8(ascii: "\n")).map { line in
            Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }.filter { !$0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
        let isNDJSON = lines.count > 1 && lines.allSatisfy { $0.first == UInt8(ascii: "{") && $0.last == UInt8(ascii: "}") }
        if isNDJSON { return lines }
        return lines.isEmpty ? [] : [bytes]
    }
}
