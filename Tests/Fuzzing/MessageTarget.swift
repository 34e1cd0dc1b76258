internal import Commerce
internal import Messages
package import Simulation

/// The message decoder: what arrives on `oms.inbound`, and the events and internal messages that workers read.
package struct MessageTarget: FuzzTarget {
    package let name = "messages"
    package let samples: [FuzzSample]
    private let kinds: [Kind]

    private enum Kind: Hashable {
        case inbound(type: String, isCloudEvent: Bool)
        case event
    }

    package init() {
        var samples: [FuzzSample] = []
        var kinds: [Kind] = []
        let types = InboundType.allCases.map(\.rawValue)
        for sample in FuzzFiles.samples(in: "queues/samples/inbound", "json") {
            guard let type = types.filter({ sample.name == $0 || sample.name.hasPrefix($0 + ".") }).max(by: { $0.count < $1.count }) else {
                continue
            }
            samples.append(sample)
            kinds.append(.inbound(type: type, isCloudEvent: sample.name.hasSuffix(".cloudevent")))
        }
        for sample in FuzzFiles.samples(in: "queues/samples/events", "json") {
            samples.append(sample)
            kinds.append(.event)
        }
        self.samples = samples
        self.kinds = kinds
    }

    package let tokens: [[UInt8]] = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\u0000", "\\u2028", "\\/", "null", "true", "false", "NaN",
        "-", "+1",
        "\"a\":1,\"a\":2", "\"lines\":[]", "\"\":\"\"", "//", "/*", "2026-02-30T00:00:00Z", "2026-12-31T23:59:60Z",
        "9999-12-31T23:59:59+14:00",
        "0000-01-01T00:00:00Z", "\"0.1.2\"", "\"1e3\"", "EUR", "XXX", "{}", "[]", "[[]]", " ", "\n\n",
    ].map { Array($0.utf8) }

    package let nestings = [FuzzNesting("[", "]"), FuzzNesting("{\"a\":", "}"), FuzzNesting("[{\"lines\":", "}]"), FuzzNesting("\"", "\"")]

    private static let receipt = Timestamp(seconds: 1_893_456_000)

    package func read(_ input: FuzzInput, _ random: inout SplitMix64) throws(FuzzComplaint) -> FuzzOutcome {
        switch kinds[input.sample] {
        case .inbound(let type, let isCloudEvent): try inbound(input.bytes, type, isCloudEvent)
        case .event: try event(input.bytes)
        }
    }

    private func inbound(_ body: [UInt8], _ type: String, _ isCloudEvent: Bool) throws(FuzzComplaint) -> FuzzOutcome {
        let contentType = isCloudEvent ? "application/cloudevents+json" : nil
        _ = InboundDecoder.order(contentType: contentType, body: body)
        let message: InboundMessage
        do throws(MessageRefusal) {
            message = try InboundDecoder.decode(type: type, contentType: contentType, body: body, receivedAt: Self.receipt)
        } catch {
            return try refused(error)
        }
        // What is taken can be written and read again, and stays what it was.
        let type = message.type.rawValue
        guard let again = try? InboundDecoder.decode(type: type, contentType: nil, body: message.body.json(), receivedAt: Self.receipt)
        else {
            throw FuzzComplaint("what was taken is refused when it is written and read again")
        }
        try FuzzComplaint.unless(again == message, "what was taken becomes another message when it is written and read again")
        return .taken
    }

    private func event(_ body: [UInt8]) throws(FuzzComplaint) -> FuzzOutcome {
        do throws(MessageRefusal) {
            _ = try? WorkMessage(json: body)
            _ = try ReceivedEvent(json: body)
            return .taken
        } catch {
            return try refused(error)
        }
    }

    /// A refusal says where and why, in words that are safe to show.
    private func refused(_ refusal: MessageRefusal) throws(FuzzComplaint) -> FuzzOutcome {
        if let path = refusal.path {
            try FuzzComplaint.unless(path.isEmpty || path.utf8.first == UInt8(ascii: "/"), "the path \(path) is no JSON pointer")
            try FuzzComplaint.unless(!path.unicodeScalars.contains { $0.value < 0x20 }, "the path holds control characters")
        } else {
            // No field is to blame for the whole body's length.
            try FuzzComplaint.unless(refusal.code == .tooLarge, "\(refusal.code.rawValue) has no path")
        }
        try FuzzComplaint.unless(refusal.message.hasSuffix("."), "\(refusal.code.rawValue) has no sentence: \(refusal.message)")
        return .refused(refusal.code.rawValue)
    }
}
