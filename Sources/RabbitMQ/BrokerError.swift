/// What can go wrong between this process and the broker, each with its consequence (``isRetriable``).
///
/// Texts name queues, exchanges, hosts and the broker's own words; never a password, never anything of a message.
package enum BrokerError: Error, Hashable, Sendable {
    /// The URL, or one of its options, cannot be used.
    case badURL(String)
    /// No endpoint answered within its time.
    case unreachable(String)
    /// User or password are not accepted.
    case authentication(String)
    /// The broker's certificate is not signed by an authority trusted here, or is another host's.
    case untrusted(String)
    /// The user may not do this, or the virtual host does not exist (403, 530, 405).
    case accessRefused(String)
    /// The connection is gone. What was published and not confirmed, or delivered and not acknowledged, is of unknown outcome.
    case lostConnection(String)
    /// The broker takes no messages (a memory or disk alarm) and did not recover within the time a publish may wait.
    case blocked(String)
    /// The broker ended the subscription: its queue was deleted or moved.
    case consumerCancelled(queue: String)
    /// A queue or exchange exists with other properties (406), or is in use and may not be changed.
    case topologyConflict(String)
    /// A queue or exchange that must exist does not (404).
    case notFound(String)
    /// The broker refused a frame of ours or sent one that makes no sense.
    case protocolViolation(String)
    /// A message that cannot be put on the wire, such as one with a routing key over 255 bytes. Nothing was sent.
    case invalidMessage(String)
    /// The publisher or consumer was closed by its owner.
    case closed

    /// Whether the same call on a new connection, some time later, can succeed with nothing else changed.
    package var isRetriable: Bool {
        switch self {
        case .unreachable, .lostConnection, .blocked, .consumerCancelled: true
        case .badURL, .authentication, .untrusted, .accessRefused, .topologyConflict, .notFound, .protocolViolation, .invalidMessage,
            .closed:
            false
        }
    }
}

extension BrokerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badURL(let why): "the broker URL cannot be used: \(why)"
        case .unreachable(let why): "the broker cannot be reached: \(why)"
        case .authentication(let why): "the broker refused the login: \(why)"
        case .untrusted(let why): "the broker's certificate is not trusted: \(why)"
        case .accessRefused(let why): "the broker refused access: \(why)"
        case .lostConnection(let why): "the connection to the broker is lost: \(why)"
        case .blocked(let why): "the broker takes no messages: \(why)"
        case .consumerCancelled(let queue): "the broker ended the subscription to queue \(queue)"
        case .topologyConflict(let why): "the broker has it otherwise: \(why)"
        case .notFound(let why): "the broker does not have it: \(why)"
        case .protocolViolation(let why): "the broker and this client disagree on the protocol: \(why)"
        case .invalidMessage(let why): "the message cannot be sent: \(why)"
        case .closed: "the connection was closed here"
        }
    }
}

extension BrokerError {
    /// The error that a `connection.close` or `channel.close` of the broker stands for.
    init(replyCode: UInt16, text: String) {
        switch replyCode {
        case 320: self = .lostConnection(text)  // CONNECTION_FORCED: an operator, or a broker going down
        case 541: self = .lostConnection(text)  // INTERNAL_ERROR: a queue's leader lost, a node dying
        case 403, 405, 530: self = .accessRefused(text)
        case 404: self = .notFound(text)
        case 406: self = .topologyConflict(text)
        default: self = .protocolViolation("\(replyCode) \(text)")
        }
    }
}
