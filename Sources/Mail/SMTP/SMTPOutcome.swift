internal import CCurl

/// How handing over one mail ended.
struct SMTPOutcome {
    /// `nil`: the server took the mail.
    let error: MailError?
    /// An idle connection turned out to be dead before the server answered anything about this mail: a new one deserves a try.
    let isWorthNewConnection: Bool

    static var unusable: SMTPOutcome {
        SMTPOutcome(error: MailError(.invalidConfiguration("libcurl ran out of memory")), isWorthNewConnection: false)
    }

    private init(error: MailError?, isWorthNewConnection: Bool) {
        self.error = error
        self.isWorthNewConnection = isWorthNewConnection
    }

    init(code: CURLcode, upload: SMTPUpload, isReusedConnection: Bool) {
        guard code != CURLE_OK else {
            self.init(error: nil, isWorthNewConnection: false)
            return
        }
        let error = Self.error(code, upload)
        let isStale = [.disconnected, .unavailable].contains(error.reason) && [.opening, .sender].contains(upload.dialogue.step)
        self.init(error: error, isWorthNewConnection: isReusedConnection && isStale)
    }

    private static func error(_ code: CURLcode, _ upload: SMTPUpload) -> MailError {
        let dialogue = upload.dialogue
        if upload.isInternationalAddressRefused { return MailError(.internationalAddressNotSupported) }
        if let reply = dialogue.replyCode, reply >= 400 {
            return MailError(reason(forReply: reply, dialogue, upload), replyCode: reply, enhancedStatus: dialogue.enhancedStatus)
        }
        let isPossiblyDelivered = dialogue.step == .handedOver
        return MailError(reason(for: code, dialogue), isPossiblyDelivered: isPossiblyDelivered)
    }

    private static func reason(forReply reply: Int, _ dialogue: SMTPDialogue, _ upload: SMTPUpload) -> MailError.Reason {
        switch reply {
        case 421: return .unavailable  // the server is closing down, whatever it was asked (RFC 5321 section 3.8)
        case 530, 534, 535, 538: return .authentication
        default: break
        }
        switch dialogue.step {
        case .opening: return dialogue.isAuthenticating ? .authentication : .unavailable
        case .sender: return isAddressFault(reply, upload) ? .internationalAddressNotSupported : .refused(.sender)
        case .recipient(let index): return isAddressFault(reply, upload) ? .internationalAddressNotSupported : .refused(.recipient(index))
        case .data, .handedOver: return .refused(.content)
        }
    }

    /// A server without SMTPUTF8 refuses such an address as bad syntax.
    private static func isAddressFault(_ reply: Int, _ upload: SMTPUpload) -> Bool {
        reply >= 500 && upload.needsInternationalAddresses && !upload.dialogue.offersInternationalAddresses
    }

    private static func reason(for code: CURLcode, _ dialogue: SMTPDialogue) -> MailError.Reason {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_LOGIN_DENIED: .authentication
        case CURLE_USE_SSL_FAILED, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_NOTFOUND:
            .encryption
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT: .unavailable
        default: dialogue.step == .opening ? .unavailable : .disconnected
        }
    }
}
