/// The bytes of an outbox row: a count, then each message with its parts length-prefixed, integers big-endian.
package enum OutboxCodec {
    /// A row that this version cannot read.
    package struct Corrupt: Error, CustomStringConvertible {
        package var description: String { "an outbox row is not in the form this version writes" }
    }

    private static let version: UInt8 = 1

    package static func encode(_ messages: [OutboxMessage]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(messages.reduce(16) { $0 + $1.body.count + 200 })
        bytes.append(version)
        append(UInt32(messages.count), to: &bytes)
        for message in messages {
            bytes.append((message.mandatory ? 1 : 0) | (message.correlationID == nil ? 0 : 2) | (message.replyTo == nil ? 0 : 4))
            for text in [message.exchange, message.routingKey, message.contentType, message.type, message.messageID] {
                append(text, to: &bytes)
            }
            if let correlationID = message.correlationID { append(correlationID, to: &bytes) }
            if let replyTo = message.replyTo { append(replyTo, to: &bytes) }
            append(UInt32(message.headers.count), to: &bytes)
            for (name, value) in message.headers {
                append(name, to: &bytes)
                append(value, to: &bytes)
            }
            append(UInt32(message.body.count), to: &bytes)
            bytes.append(contentsOf: message.body)
        }
        return bytes
    }

    package static func decode(_ bytes: [UInt8]) throws(Corrupt) -> [OutboxMessage] {
        var reader = Reader(bytes: bytes)
        guard try reader.byte() == version else { throw Corrupt() }
        var messages: [OutboxMessage] = []
        for _ in 0..<(try reader.integer()) {
            let flags = try reader.byte()
            var message = OutboxMessage(
                exchange: try reader.text(),
                routingKey: try reader.text(),
                mandatory: flags & 1 != 0,
                contentType: try reader.text(),
                type: try reader.text(),
                messageID: try reader.text(),
                body: []
            )
            if flags & 2 != 0 { message.correlationID = try reader.text() }
            if flags & 4 != 0 { message.replyTo = try reader.text() }
            for _ in 0..<(try reader.integer()) { message.headers[try reader.text()] = try reader.header() }
            message.body = Array(try reader.take(try reader.integer()))
            messages.append(message)
        }
        return messages
    }

    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: value >> 24))
        bytes.append(UInt8(truncatingIfNeeded: value >> 16))
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value))
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        append(UInt32(text.utf8.count), to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    private static func append(_ value: HeaderValue, to bytes: inout [UInt8]) {
        switch value {
        case .integer(let number):
            bytes.append(0)
            append(UInt32(truncatingIfNeeded: number >> 32), to: &bytes)
            append(UInt32(truncatingIfNeeded: number), to: &bytes)
        case .text(let text):
            bytes.append(1)
            append(text, to: &bytes)
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var offset = 0

        mutating func take(_ count: Int) throws(Corrupt) -> ArraySlice<UInt8> {
            guard count >= 0, bytes.count - offset >= count else { throw Corrupt() }
            defer { offset += count }
            return bytes[offset..<(offset + count)]
        }

        mutating func byte() throws(Corrupt) -> UInt8 {
            guard let byte = try take(1).first else { throw Corrupt() }
            return byte
        }

        mutating func integer() throws(Corrupt) -> Int {
            try take(4).reduce(0) { $0 << 8 | Int($1) }
        }

        mutating func header() throws(Corrupt) -> HeaderValue {
            if try byte() == 1 { return .text(try text()) }
            let high = Int64(try integer())
            return .integer(high << 32 | Int64(try integer()))
        }

        mutating func text() throws(Corrupt) -> String {
            String(decoding: try take(try integer()), as: UTF8.self)
        }
    }
}
