/// Why a mail was not sent, and what follows from it.
///
/// `description` holds no address, no password and nothing the server wrote (servers like to repeat the address).
package struct MailError: Error, Sendable, Hashable {
    /// What went wrong.
    package enum Reason: Sendable, Hashable {
        /// The URL or an option of the transport cannot be used; the text says what, without secrets.
        case invalidConfiguration(String)
        /// The mail itself cannot be composed; the text names the part.
        case invalidMessage(String)
        /// The address has letters beyond ASCII before the `@`, and the server does not offer SMTPUTF8.
        case internationalAddressNotSupported
        /// The server took the connection and refused this mail.
        case refused(Stage)
        /// No connection, or a server that refuses everybody at the moment.
        case unavailable
        /// User and password were refused, or are needed and missing.
        case authentication
        /// No TLS where it is required, or a certificate that nobody vouches for.
        case encryption
        /// The server did not answer in time.
        case timedOut
        /// The connection broke while the mail was handed over.
        case disconnected
        /// ``MailTransport/close()`` was called.
        case closed
    }

    /// The step of the conversation that the server refused.
    package enum Stage: Sendable, Hashable {
        case sender
        /// The recipient's place in the message's list.
        case recipient(Int)
        case content
    }

    package var reason: Reason
    /// The server's last reply code, such as 550, where it gave one.
    package var replyCode: Int?
    /// The server's enhanced status code, such as `5.1.1`, where it gave one (RFC 3463).
    package var enhancedStatus: String?
    /// The whole mail was handed over and the answer never came: the server may have taken it all the same.
    package var isPossiblyDelivered: Bool

    package init(_ reason: Reason, replyCode: Int? = nil, enhancedStatus: String? = nil, isPossiblyDelivered: Bool = false) {
        self.reason = reason
        self.replyCode = replyCode
        self.enhancedStatus = enhancedStatus
        self.isPossiblyDelivered = isPossiblyDelivered
    }

    /// This mail will never be taken as it is: the server refused it with a 5xx reply, or it cannot be written down.
    package var isPermanent: Bool {
        switch reason {
        case .invalidMessage, .internationalAddressNotSupported: true
        case .refused: (replyCode ?? 0) >= 500
        case .invalidConfiguration, .unavailable, .authentication, .encryption, .timedOut, .disconnected, .closed: false
        }
    }

    /// The same mail may well be taken later, perhaps after somebody has mended the server or the configuration.
    package var isTransient: Bool { !isPermanent }

    /// The same as ``isTransient``, by the name all drivers' errors use.
    package var isRetriable: Bool { isTransient }
}

extension MailError: CustomStringConvertible {
    package var description: String {
        let code = replyCode.map { " (\($0)\(enhancedStatus.map { " \($0)" } ?? ""))" } ?? ""
        let doubt = isPossiblyDelivered ? "; it may have been delivered" : ""
        return "\(sentence)\(code)\(doubt)"
    }

    private var sentence: String {
        switch reason {
        case .invalidConfiguration(let what): "the mail server is configured wrongly: \(what)"
        case .invalidMessage(let what): "the mail cannot be composed: \(what)"
        case .internationalAddressNotSupported: "the mail server does not support international addresses"
        case .refused(.sender): "the mail server refused the sender"
        case .refused(.recipient(let index)): "the mail server refused recipient \(index + 1)"
        case .refused(.content): "the mail server refused the mail's content"
        case .unavailable: "the mail server cannot be reached or takes no mail at the moment"
        case .authentication: "the mail server refused user and password"
        case .encryption: "no trusted encrypted connection to the mail server"
        case .timedOut: "the mail server did not answer in time"
        case .disconnected: "the connection to the mail server broke"
        case .closed: "the mail transport is closed"
        }
    }
}
