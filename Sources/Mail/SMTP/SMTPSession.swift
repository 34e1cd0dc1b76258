internal import CCurl
internal import Glibc

/// One libcurl handle, and in it at most one connection, which is used again for the next mail.
///
/// Not thread-safe: it lives and dies on one thread.
final class SMTPSession {
    private let handle: UnsafeMutableRawPointer
    private var offersInternationalAddresses = false

    /// `CURLE_OK` or why libcurl cannot be used; asked once per process, which libcurl wants done before any thread uses it.
    private static let initialization = oms_curl_global_init()

    init(_ server: MailServer, _ options: MailTransport.Options) throws(MailError) {
        guard Self.initialization == CURLE_OK, let handle = curl_easy_init() else {
            throw MailError(.invalidConfiguration("libcurl cannot be used"))
        }
        self.handle = handle
        try configure(server)
        try configure(options)
    }

    /// Says QUIT, where there is a connection, without waiting for an answer: libcurl would wait two minutes for a server that is
    /// silent; with the reading side shut it sees the end at once.
    deinit {
        var socket = CURL_SOCKET_BAD
        if oms_curl_get_socket(handle, &socket) == CURLE_OK, socket != CURL_SOCKET_BAD { _ = shutdown(socket, Int32(SHUT_RD)) }
        curl_easy_cleanup(handle)
    }

    private func configure(_ server: MailServer) throws(MailError) {
        try set(CURLOPT_URL, server.urlForCurl)
        try set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // The environment's proxies are for the web.
        try set(CURLOPT_PROXY, "")
        if let user = server.user {
            try set(CURLOPT_USERNAME, user)
            try set(CURLOPT_PASSWORD, server.password ?? "")
        }
        let level =
            switch server.encryption {
            case .required, .implicit: CURLUSESSL_ALL
            case .opportunistic: CURLUSESSL_TRY
            case .off: CURLUSESSL_NONE
            }
        try set(CURLOPT_USE_SSL, Int(level.rawValue))
        let isVerified = server.encryption != .opportunistic || server.authorities != nil
        try set(CURLOPT_SSL_VERIFYPEER, isVerified ? 1 : 0)
        try set(CURLOPT_SSL_VERIFYHOST, isVerified ? 2 : 0)
        if let authorities = server.authorities { try set(CURLOPT_CAINFO, authorities) }
    }

    private func configure(_ options: MailTransport.Options) throws(MailError) {
        // No signals: other threads are running.
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_UPLOAD, 1)
        try set(CURLOPT_MAXCONNECTS, 1)
        try set(CURLOPT_MAXAGE_CONN, Int(options.idleTimeout.components.seconds))
        try set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(options.connectTimeout))
        try set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, Self.milliseconds(options.responseTimeout) / 1000))
        try set(CURLOPT_TIMEOUT_MS, Self.milliseconds(options.totalTimeout))
        // The only way to read the conversation along; nothing is printed, the callback below takes it all.
        try set(CURLOPT_VERBOSE, 1)
    }

    /// Hands one mail over. Blocks until the server has answered, or a time-out.
    ///
    /// After an error the session must not be used again: libcurl 7.88 keeps a connection whose last answer came too late, and would
    /// take that answer for the next mail's.
    func send(_ mail: ComposedMail) -> SMTPOutcome {
        var recipients: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(recipients) }
        for recipient in mail.recipients {
            guard let longer = curl_slist_append(recipients, "<\(recipient)>") else { return .unusable }
            recipients = longer
        }
        var upload = SMTPUpload(
            dialogue: SMTPDialogue(offersInternationalAddresses: offersInternationalAddresses),
            needsInternationalAddresses: mail.needsInternationalAddresses
        )
        do throws(MailError) {
            try set(CURLOPT_MAIL_FROM, "<\(mail.sender)>")
            guard oms_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients) == CURLE_OK,
                oms_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(mail.bytes.count)) == CURLE_OK
            else { return .unusable }
        } catch { return .unusable }
        let code = mail.bytes.withUnsafeBytes { bytes in
            upload.rest = bytes
            return withUnsafeMutablePointer(to: &upload) { context in
                guard oms_curl_set_read(handle, SMTPUpload.read, context) == CURLE_OK,
                    oms_curl_set_debug(handle, SMTPUpload.listen, context) == CURLE_OK
                else { return CURLE_FAILED_INIT }
                defer {
                    // Closing the connection later still speaks; the context is gone by then.
                    _ = oms_curl_set_debug(handle, SMTPUpload.ignore, nil)
                    _ = oms_curl_set_list(handle, CURLOPT_MAIL_RCPT, nil)
                }
                return curl_easy_perform(handle)
            }
        }
        offersInternationalAddresses = upload.dialogue.offersInternationalAddresses
        var connections = 0
        _ = oms_curl_get_long(handle, CURLINFO_NUM_CONNECTS, &connections)
        return SMTPOutcome(code: code, upload: upload, isReusedConnection: connections == 0)
    }

    private func set(_ option: CURLoption, _ value: Int) throws(MailError) {
        guard oms_curl_set_long(handle, option, value) == CURLE_OK else { throw Self.unsupported }
    }

    private func set(_ option: CURLoption, _ value: String) throws(MailError) {
        guard oms_curl_set_string(handle, option, value) == CURLE_OK else { throw Self.unsupported }
    }

    private static var unsupported: MailError { MailError(.invalidConfiguration("this libcurl lacks an option, or memory ran out")) }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }
}
