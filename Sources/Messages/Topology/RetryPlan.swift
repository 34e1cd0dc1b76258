/// How long a message waits before it is tried again. One queue per delay: with a time to live per message, a long wait would hold up the short ones behind it.
package enum RetryDelay: String, Sendable, Hashable, CaseIterable {
    case fiveSeconds = "5s"
    case oneMinute = "1m"
    case fifteenMinutes = "15m"

    package var milliseconds: Int64 {
        switch self {
        case .fiveSeconds: 5_000
        case .oneMinute: 60_000
        case .fifteenMinutes: 900_000
        }
    }

    /// Where to publish what has to wait, with the work queue's name as routing key: it comes back to that queue through the default exchange.
    package var exchange: String { "oms.retry." + rawValue }
    package var queue: String { exchange }
}

/// How often a message is tried before it goes to the dead-letter desk.
package struct RetryPlan: Sendable, Hashable {
    /// After 5 s three times, 1 min five times, 15 min eight times (contract, section 2).
    package static let standard = RetryPlan(long: 8)
    /// The same with 96 waits of 15 min: a mail server may be away for a day.
    package static let mail = RetryPlan(long: 96)

    private let long: Int

    private init(long: Int) { self.long = long }

    /// How many waits there are in all.
    package var waits: Int { 3 + 5 + long }

    /// The wait after the `attempt`th failure, counted from 1; `nil`: to the desk.
    package func delay(afterAttempt attempt: Int) -> RetryDelay? {
        switch attempt {
        case ..<4: .fiveSeconds
        case 4...8: .oneMinute
        case 9...(8 + long): .fifteenMinutes
        default: nil
        }
    }
}

/// AMQP headers of our own on a message that waits in a retry queue.
package enum RetryHeader {
    /// How often handling it has failed, an integer.
    package static let attempt = "oms-attempt"
    /// Its routing key when it first came: the retry queue needs the routing key for the way back.
    package static let routingKey = "oms-routing-key"
    /// The exchange to which it was first published.
    package static let exchange = "oms-exchange"
}
