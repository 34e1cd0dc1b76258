import Foundation
import Messages
import Testing

/// Samples with random bytes changed: each must end as a message or as a refusal, never as a crash.
@Suite struct FuzzTests {
    /// SplitMix64: the same seed, the same bytes.
    private struct SeededGenerator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let pieces =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\u0000", "null", "true", "-", "0", "1e400", "1.0",
            "9223372036854775808", "\u{0}", "\u{7F}", "é", "😀", " ",
            "\"a\":1,\"a\":2", "[[[[[[[[", "NaN", "2026-02-30T00:00:00Z",
        ].map { Array($0.utf8) } + [[0xFF], [0xC0], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF]]

    private static func mutated(_ body: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var body = body
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let at = Int.random(in: 0...body.count, using: &random)
            let end = min(body.count, at + Int.random(in: 0...12, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: body.removeSubrange(at..<end)
            case 1: body.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)], at: at)
            case 2: body.replaceSubrange(at..<end, with: pieces[Int.random(in: 0..<pieces.count, using: &random)])
            case 3: if at < body.count { body[at] = UInt8.random(in: 0...255, using: &random) }
            case 4: body.insert(contentsOf: body[at..<end], at: Int.random(in: 0...body.count, using: &random))
            default: body.removeSubrange(at...)
            }
        }
        return body
    }

    @Test(arguments: [1, 20_261_122, UInt64.random(in: 0 ... .max)])
    func a_mutated_sample_is_taken_or_refused_with_code_and_path(_ seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        var taken = 0
        var refused = 0
        for sample in Sample.inbound {
            let contentType = sample.isCloudEvent ? "application/cloudevents+json" : nil
            for round in 0..<400 {
                let body = Self.mutated(sample.body, &random)
                do throws(MessageRefusal) {
                    let message = try InboundDecoder.decode(type: sample.type, contentType: contentType, body: body, receivedAt: receipt)
                    taken += 1
                    // What is taken can be written and read again, and stays what it was.
                    let again = try InboundDecoder.decode(
                        type: message.type.rawValue,
                        contentType: nil,
                        body: message.body.json(),
                        receivedAt: receipt
                    )
                    #expect(again == message, "seed \(seed), \(sample.name), round \(round)")
                } catch {
                    refused += 1
                    let isPointer = error.path.map { $0.isEmpty || $0.hasPrefix("/") } ?? false
                    #expect(isPointer, "seed \(seed), \(sample.name), round \(round)")
                    #expect(error.path?.unicodeScalars.contains { $0.value < 0x20 } == false)
                }
                _ = InboundDecoder.order(contentType: contentType, body: body)
            }
        }
        #expect(taken > 100 && refused > 1_000, "seed \(seed)")
    }

    @Test func a_mutated_event_is_read_or_refused() {
        var random = SeededGenerator(state: 7)
        for sample in Sample.events {
            for _ in 0..<200 {
                let body = Self.mutated(sample.body, &random)
                _ = try? ReceivedEvent(json: body)
                _ = try? WorkMessage(json: body)
            }
        }
    }
}
