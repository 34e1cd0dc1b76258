internal import Foundation
internal import FoundationNetworking
internal import Logging
internal import RabbitMQ
internal import Testing

/// The broker the tests run against, named by the environment.
enum BrokerServer {
    static let url = ProcessInfo.processInfo.environment["OMS_BROKER_URL"]
    static let managementURL = ProcessInfo.processInfo.environment["OMS_BROKER_MANAGEMENT_URL"]

    /// Whether the tests on the server run: always where servers are demanded, and then they fail when there is none.
    static var isWanted: Bool { url != nil || ProcessInfo.processInfo.environment["OMS_REQUIRE_SERVERS"] == "1" }

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs a test in a virtual host of its own, which is deleted afterwards.
    static func withVirtualHost(_ body: (BrokerConfiguration, String) async throws -> Void) async throws {
        let url = try #require(url, "OMS_BROKER_URL is not set")
        let name = "test-\(UUID().uuidString.lowercased())"
        var configuration = try BrokerConfiguration(urls: url, name: name)
        let user = configuration.endpoints[0].user
        try await manage("PUT", "vhosts/\(name)")
        do {
            try await manage("PUT", "permissions/\(name)/\(user)", body: #"{"configure":".*","write":".*","read":".*"}"#)
            configuration.endpoints = configuration.endpoints.map { endpoint in
                var endpoint = endpoint
                endpoint.virtualHost = name
                return endpoint
            }
            try await body(configuration, name)
        } catch {
            try await manage("DELETE", "vhosts/\(name)")
            throw error
        }
        try await manage("DELETE", "vhosts/\(name)")
    }

    /// One request to the management plugin; what it answered.
    @discardableResult
    static func manage(_ method: String, _ path: String, body: String? = nil) async throws -> Data {
        let base = try #require(managementURL.flatMap { URLComponents(string: $0) }, "OMS_BROKER_MANAGEMENT_URL is not set")
        var components = base
        components.user = nil
        components.password = nil
        components.percentEncodedPath = "/api/\(path)"
        var request = URLRequest(url: try #require(components.url))
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        let login = Data("\(base.user ?? "guest"):\(base.password ?? "guest")".utf8).base64EncodedString()
        request.setValue("Basic \(login)", forHTTPHeaderField: "Authorization")
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        try #require((200..<300).contains(status), "\(method) /api/\(path) was answered with \(status)")
        return data
    }

    /// Closes the connections of a name, as an operator would, until nothing is left to be done: a connection that has just been made is
    /// unknown to the management plugin for some seconds.
    static func closeConnections(named name: String, until isDone: () -> Bool) async throws {
        let isDone = try await eventually {
            let list = try JSONSerialization.jsonObject(with: await manage("GET", "connections")) as? [[String: Any]] ?? []
            for connection in list where connection["user_provided_name"] as? String == name {
                let encoded = (connection["name"] as? String)?.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
                // One that is gone meanwhile is what was wanted.
                if let encoded { _ = try? await manage("DELETE", "connections/\(encoded)") }
            }
            return isDone()
        }
        #expect(isDone, "the connections are still there")
    }
}

/// Asks again until the answer is yes, at most two minutes.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(20))
    }
    return false
}

/// The error that `body` throws, which must be a broker's.
func brokerError(_ body: () async throws -> Void) async throws -> BrokerError {
    try #require(await #expect(throws: BrokerError.self) { try await body() })
}

/// Messages to the default exchange, numbered in their body.
func numbered(_ range: Range<Int>, queue: String = "q") -> [OutgoingMessage] {
    range.map {
        OutgoingMessage(exchange: "", routingKey: queue, properties: MessageProperties(messageID: "m\($0)"), body: Array("\($0)".utf8))
    }
}

extension Delivery {
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension Consumer {
    /// Takes batches until so many deliveries are there.
    func take(_ count: Int) async throws -> [Delivery] {
        var all: [Delivery] = []
        while all.count < count {
            let batch = try await nextBatch(maxMessages: count - all.count, maxBytes: 1 << 20)
            try #require(!batch.isEmpty)
            all += batch
        }
        return all
    }
}
