internal import Messages
internal import Simulation

/// What a worker said of one message.
enum PlayAnswer: Sendable, Hashable {
    case accepted
    case refused(code: String)
}

/// What a play has sent and what came back, counted.
struct PlayTally: Sendable, Hashable {
    /// Messages sent, by type.
    private(set) var sent: [String: Int] = [:]
    /// Messages answered, by type: accepted or refused.
    private var answered: [String: Int] = [:]
    /// Orders the system took; one that was sent twice counts twice.
    private(set) var orders = 0
    /// Shipments the system took.
    private(set) var shipments = 0
    /// Requests to ship a parcel.
    var parcels = 0
    /// Messages refused with the code that was expected.
    private(set) var refusedAsExpected = 0
    /// Messages that had to be refused and were not, or with another code.
    private(set) var notRefusedAsExpected = 0
    /// Refusals nobody expected, by code.
    private(set) var refused: [String: Int] = [:]

    func unanswered(_ type: InboundType) -> Int { (sent[type.rawValue] ?? 0) - (answered[type.rawValue] ?? 0) }

    mutating func send(_ message: ScriptMessage) { sent[message.type, default: 0] += 1 }

    mutating func take(_ answer: PlayAnswer, to message: ScriptMessage) {
        answered[message.type, default: 0] += 1
        switch (answer, message.expectedRefusal) {
        case (.refused(let code), let expected?) where code == expected: refusedAsExpected += 1
        case (_, .some): notRefusedAsExpected += 1
        case (.refused(let code), nil): refused[code, default: 0] += 1
        case (.accepted, nil):
            if message.type == InboundType.orderPlaced.rawValue { orders += 1 }
            if message.type == InboundType.shipmentDispatched.rawValue { shipments += 1 }
        }
    }
}
