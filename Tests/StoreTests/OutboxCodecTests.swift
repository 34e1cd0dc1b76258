import Store
import TestSupport
import Testing

@Suite struct OutboxCodecTests {
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func any_messages_come_back_as_they_went_in(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let messages = (0..<Int.random(in: 0...5, using: &random)).map { _ in Self.message(&random) }
            #expect(try OutboxCodec.decode(OutboxCodec.encode(messages)) == messages, "seed \(seed)")
        }
    }

    @Test func a_row_cut_short_anywhere_is_corrupt_and_never_crashes() throws {
        var random = SplitMix64(seed: 7)
        let bytes = OutboxCodec.encode([Self.message(&random), Self.message(&random)])
        for end in bytes.indices {
            #expect(throws: OutboxCodec.Corrupt.self) { try OutboxCodec.decode(Array(bytes[..<end])) }
        }
    }

    @Test func another_version_is_not_guessed_at() {
        #expect(throws: OutboxCodec.Corrupt.self) { try OutboxCodec.decode([2, 0, 0, 0, 0]) }
    }

    private static func message(_ random: inout SplitMix64) -> OutboxMessage {
        var message = OutboxMessage(
            exchange: text(&random),
            routingKey: text(&random),
            mandatory: Bool.random(using: &random),
            contentType: text(&random),
            type: text(&random),
            messageID: text(&random),
            body: (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        )
        if Bool.random(using: &random) { message.correlationID = text(&random) }
        if Bool.random(using: &random) { message.replyTo = text(&random) }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            message.headers[text(&random)] =
                Bool.random(using: &random) ? .text(text(&random)) : .integer(Int64.random(in: .min ... .max, using: &random))
        }
        return message
    }

    private static func text(_ random: inout SplitMix64) -> String {
        let scalars: [Unicode.Scalar] = ["a", "Z", "0", ".", "\0", "\n", "ä", "\u{301}", "א", "💡", "\u{10FFFF}"]
        return String(
            String.UnicodeScalarView(
                (0..<Int.random(in: 0...12, using: &random)).map { _ in scalars[Int.random(in: 0..<scalars.count, using: &random)] }
            )
        )
    }
}
