/// What a play has sent and what came back, counted.
struct PlayTally: Sendable, Hashable {
    /// Messages sent, by type.
    var sent: [String: Int] = [:]
    /// Messages answered: accepted or refused.
    var answered = 0
    /// Orders the system took; one that was sent twice counts twice.
    var orders = 0
    /// Requests to ship a parcel.
    var parcels = 0
    /// Shipments the system took.
    var shipments = 0
    /// Messages refused with the code that was expected.
    var refusedAsExpected = 0
    /// Messages that had to be refused and were not, or with another code.
    var notRefusedAsExpected = 0
    /// Refusals nobody expected, by code.
    var refused: [String: Int] = [:]

    var sentInAll: Int { sent.values.reduce(0, +) }
}

/// What a worker said of one message.
enum PlayAnswer: Sendable, Hashable {
    case accepted
    case refused(code: String)
}
