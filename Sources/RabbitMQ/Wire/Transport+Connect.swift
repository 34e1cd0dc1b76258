internal import CRabbitMQ
internal import Glibc

extension Transport {
    /// Tries the endpoints in turn. A refused login ends it at once: the brokers of one cluster share their users, and trying the same
    /// wrong password at each helps nobody.
    static func connect(_ configuration: BrokerConfiguration) throws(BrokerError) -> Transport {
        var failures: [String] = []
        for endpoint in configuration.endpoints {
            do throws(BrokerError) {
                return try connect(to: endpoint, configuration)
            } catch .unreachable(let why) {
                failures.append("\(endpoint): \(why)")
            } catch .lostConnection(let why) {
                failures.append("\(endpoint): \(why)")
            }
        }
        throw .unreachable(failures.isEmpty ? "no endpoint is configured" : failures.joined(separator: "; "))
    }

    private static func connect(to endpoint: BrokerEndpoint, _ configuration: BrokerConfiguration) throws(BrokerError) -> Transport {
        guard let state = amqp_new_connection() else { throw .unreachable("out of memory") }
        do throws(BrokerError) {
            try open(state, endpoint, configuration.connectTimeout)
            try login(state, endpoint, configuration)
        } catch {
            amqp_destroy_connection(state)
            throw error
        }
        return Transport(loggedIn: state, isEncrypted: endpoint.tls != nil)
    }

    private static func open(_ state: amqp_connection_state_t, _ endpoint: BrokerEndpoint, _ patience: Duration) throws(BrokerError) {
        // The connection owns its socket.
        let socket: OpaquePointer?
        if let tls = endpoint.tls {
            socket = amqp_ssl_socket_new(state)
            if let socket { try secure(socket, tls) }
        } else {
            socket = amqp_tcp_socket_new(state)
        }
        guard let socket else { throw .unreachable("out of memory") }
        var limit = timeval(patience)
        errno = 0
        let status = amqp_socket_open_noblock(socket, endpoint.host, Int32(endpoint.port), &limit)
        guard status != AMQP_STATUS_OK.rawValue else { return }
        let reason = errno
        if status == AMQP_STATUS_SSL_PEER_VERIFY_FAILED.rawValue || status == AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED.rawValue {
            throw .untrusted("\(endpoint): \(libraryText(status))")
        }
        let isPlainFailure = status == AMQP_STATUS_SOCKET_ERROR.rawValue && reason != 0 && reason != EINPROGRESS
        throw .unreachable(isPlainFailure ? String(cString: strerror(reason)) : libraryText(status))
    }

    private static func secure(_ socket: OpaquePointer, _ tls: BrokerEndpoint.TLS) throws(BrokerError) {
        amqp_ssl_socket_set_verify_peer(socket, tls.verifiesPeer ? 1 : 0)
        amqp_ssl_socket_set_verify_hostname(socket, tls.verifiesPeer ? 1 : 0)
        amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST)
        // This version of the library does not look for the system's authorities by itself; Debian keeps them here.
        let authorities = tls.authorityFile ?? (tls.verifiesPeer ? "/etc/ssl/certs/ca-certificates.crt" : nil)
        if let authorities, amqp_ssl_socket_set_cacert(socket, authorities) != AMQP_STATUS_OK.rawValue {
            throw .badURL("the authorities in \(authorities) cannot be read")
        }
        guard tls.certificateFile != nil || tls.keyFile != nil else { return }
        guard let certificate = tls.certificateFile, let key = tls.keyFile else { throw .badURL("certfile and keyfile belong together") }
        guard amqp_ssl_socket_set_key(socket, certificate, key) == AMQP_STATUS_OK.rawValue else {
            throw .badURL("the certificate in \(certificate) or its key cannot be read")
        }
    }

    private static func login(
        _ state: amqp_connection_state_t,
        _ endpoint: BrokerEndpoint,
        _ configuration: BrokerConfiguration
    ) throws(BrokerError) {
        var limit = timeval(configuration.connectTimeout)
        amqp_set_handshake_timeout(state, &limit)
        amqp_set_rpc_timeout(state, &limit)
        let reply = oms_amqp_login(
            state,
            endpoint.virtualHost,
            131_072,
            Int32(clamping: configuration.heartbeatSeconds),
            configuration.name,
            endpoint.user,
            endpoint.password
        )
        switch reply.reply_type {
        case AMQP_RESPONSE_NORMAL:
            return
        case AMQP_RESPONSE_SERVER_EXCEPTION where reply.reply.id == AMQP_CONNECTION_CLOSE_METHOD:
            let close = reply.reply.decoded.assumingMemoryBound(to: amqp_connection_close_t.self).pointee
            let text = String(close.reply_text)
            // 403 before the virtual host is opened is the login's refusal; RabbitMQ says 530 for the host.
            throw close.reply_code == 403 ? .authentication(text) : BrokerError(replyCode: close.reply_code, text: text)
        default:
            throw .unreachable(libraryText(reply.library_error))
        }
    }
}
