import Foundation
import Messages
import Testing

/// `queues/asyncapi.yaml` against the code, and against a foreign model of AsyncAPI 3.0.
@Suite(.timeLimit(.minutes(15))) struct AsyncAPITests {
    @Test func the_document_is_sound_and_has_every_message_of_the_code() throws {
        let answer = try Validator.run("asyncapi.py", [Paths.queues.path])
        #expect(answer.status == 0, "\(answer.complaint)")
        let received = InboundType.allCases.map { "receive oms.inbound \($0.rawValue) inbound/\($0.rawValue)" }
        let sent = EventType.allCases.map { type in
            let isForOneLocation = type == .fulfillmentRequested || type == .fulfillmentCancelled
            return "send oms.events \(type.rawValue)\(isForOneLocation ? ".{location}" : "") events/\(type.rawValue)"
        }
        #expect(Set(answer.lines.map(String.init)) == Set(received + sent))
    }
}
