internal import RabbitMQ
internal import Testing

@Suite(.timeLimit(.minutes(10)))
struct EndpointTests {
    struct Good: CustomTestStringConvertible {
        var url: String
        var host = "h"
        var port: UInt16 = 5672
        var user = "guest"
        var password = "guest"
        var virtualHost = "/"
        var testDescription: String { url }
    }

    @Test(arguments: [
        Good(url: "amqp://h"),
        Good(url: "amqp://h/"),
        Good(url: "amqp://h/%2F"),
        Good(url: "AMQP://h:1234/shop", port: 1234, virtualHost: "shop"),
        Good(url: "amqp://u:p@h", user: "u", password: "p"),
        Good(url: "amqp://u@h", user: "u", password: ""),
        Good(url: "amqp://u%40x:p%3A%2F%2C%25@h:1/a%2Fb", port: 1, user: "u@x", password: "p:/,%", virtualHost: "a/b"),
        Good(url: "amqp://u:p@ss@h", user: "u", password: "p@ss"),
        Good(url: "amqp://u:%C3%A9%F0%9F%A6%8A@h", user: "u", password: "é🦊"),
        Good(url: "amqp://[::1]:5673/v", host: "::1", port: 5673, virtualHost: "v"),
        Good(url: "amqp://[::1]", host: "::1"),
        Good(url: "amqps://h", port: 5671),
        Good(url: "amqp://h?heartbeat=3"),
    ])
    func a_url_is_taken_apart(_ good: Good) throws {
        let endpoint = try BrokerEndpoint(url: good.url)
        #expect(endpoint.host == good.host)
        #expect(endpoint.port == good.port)
        #expect(endpoint.user == good.user)
        #expect(endpoint.password == good.password)
        #expect(endpoint.virtualHost == good.virtualHost)
        #expect((endpoint.tls != nil) == good.url.hasPrefix("amqps"))
    }

    @Test(arguments: [
        "", "h", "http://h", "amqp://", "amqp:///v", "amqp://u:p@", "amqp://h:0", "amqp://h:65536", "amqp://h:x", "amqp://h:",
        "amqp://[::1",
        "amqp://[::1]x", "amqp://u:%4@h", "amqp://u:%zz@h", "amqp://u:%00@h", "amqp://u:%FF@h", "amqp://h/a#b", "amqp://h?x=1",
        "amqp://h?verify=verify_none", "amqps://h?verify=maybe", "amqp://h?heartbeat=-1", "amqp://h?connection_timeout=0", "amqp://h,",
        "amqp://h, ,amqp://i", "amqps://h?verfiy=verify_peer",
    ])
    func a_wrong_url_is_refused(_ url: String) {
        let error = #expect(throws: BrokerError.self) { try BrokerConfiguration(urls: url) }
        guard case .badURL = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.isRetriable == false)
    }

    @Test func several_urls_and_the_options_of_tls_are_read() throws {
        let configuration = try BrokerConfiguration(
            urls: "amqps://a?cacertfile=%2Fca.pem&certfile=/c&keyfile=/k&verify=verify_none , amqp://b?heartbeat=7&connection_timeout=1500"
        )
        #expect(configuration.endpoints.map(\.host) == ["a", "b"])
        let tls = try #require(configuration.endpoints[0].tls)
        #expect(tls.authorityFile == "/ca.pem" && tls.certificateFile == "/c" && tls.keyFile == "/k" && !tls.verifiesPeer)
        #expect(configuration.endpoints[1].tls == nil)
        #expect(configuration.heartbeatSeconds == 7)
        #expect(configuration.connectTimeout == .milliseconds(1_500))
    }

    @Test func a_password_is_never_shown() throws {
        let endpoint = try BrokerEndpoint(url: "amqp://user:secret@h:1/v")
        #expect("\(endpoint)" == "amqp://h:1/v")
        let error = #expect(throws: BrokerError.self) { try BrokerEndpoint(url: "amqp://user:secret%zz@h") }
        #expect(error?.description.contains("secret") == false)
    }
}
