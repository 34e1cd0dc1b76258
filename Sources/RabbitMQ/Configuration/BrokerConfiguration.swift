/// Where the broker is and how patient to be with it.
package struct BrokerConfiguration: Sendable {
    /// Tried in turn; the first that answers is used.
    package var endpoints: [BrokerEndpoint]
    /// What the broker's lists of connections show.
    package var name: String
    /// Both sides send something at least every half of this; silence of twice this long ends the connection. 0 switches it off.
    package var heartbeatSeconds: Int
    /// For one endpoint: TCP and TLS, and as long again for the login.
    package var connectTimeout: Duration
    /// For the answer to a declaration and the like; a busy broker may take seconds to start a quorum queue.
    package var rpcTimeout: Duration
    /// How long the oldest unconfirmed message may stay so with nothing else confirmed meanwhile; then the connection counts as lost.
    package var confirmTimeout: Duration
    /// How long a publish waits for a broker with a resource alarm before it throws ``BrokerError/blocked(_:)``.
    package var blockedTimeout: Duration
    /// Messages sent and not yet confirmed, at most; more wait here.
    package var confirmWindow: Int

    /// - Parameter urls: one or several AMQP URLs, separated by commas, such as `amqp://user:password@host:5672/vhost` or
    ///   `amqps://host/?cacertfile=/etc/ca.pem`. See ``BrokerEndpoint/init(url:)``. `heartbeat` (seconds) and `connection_timeout`
    ///   (milliseconds) in the query of any of them hold for the whole configuration.
    package init(urls: String, name: String = "oms") throws(BrokerError) {
        var endpoints: [BrokerEndpoint] = []
        for url in urls.split(separator: ",", omittingEmptySubsequences: false) {
            endpoints.append(try BrokerEndpoint(url: url.trimmingSpaces))
        }
        self.endpoints = endpoints
        self.name = name
        heartbeatSeconds = endpoints.compactMap(\.heartbeatSeconds).first ?? 10
        connectTimeout = endpoints.compactMap(\.connectTimeout).first ?? .seconds(5)
        rpcTimeout = .seconds(15)
        confirmTimeout = .seconds(20)
        blockedTimeout = .seconds(30)
        confirmWindow = 4_096
    }
}
