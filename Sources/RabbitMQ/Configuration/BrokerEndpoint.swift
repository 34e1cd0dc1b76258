/// One broker's address, with the login and the virtual host.
package struct BrokerEndpoint: Sendable, Hashable {
    /// How the connection is encrypted.
    package struct TLS: Sendable, Hashable {
        /// PEM file of the authorities to trust; the system's where none is named.
        package var authorityFile: String?
        /// PEM file of the certificate to show the broker.
        package var certificateFile: String?
        /// PEM file of its key.
        package var keyFile: String?
        /// Whether the broker's certificate and host name are checked.
        package var verifiesPeer = true

        /// Trusts the system's authorities and shows no certificate.
        package init() {}
    }

    /// A name or an address; an IPv6 address without its brackets.
    package var host: String
    /// 5672, or 5671 with TLS, unless the URL says otherwise.
    package var port: UInt16
    /// `guest` unless the URL says otherwise.
    package var user: String
    /// `guest` unless the URL says otherwise.
    package var password: String
    /// `/` unless the URL says otherwise.
    package var virtualHost: String
    /// Nil for `amqp:`.
    package var tls: TLS?
    /// From `heartbeat=` in the query.
    var heartbeatSeconds: Int?
    /// From `connection_timeout=` in the query.
    var connectTimeout: Duration?
}

extension BrokerEndpoint: CustomStringConvertible {
    /// Without the password, fit for logs.
    package var description: String {
        "\(tls == nil ? "amqp" : "amqps")://\(host.contains(":") ? "[\(host)]" : host):\(port)/\(virtualHost == "/" ? "" : virtualHost)"
    }
}
