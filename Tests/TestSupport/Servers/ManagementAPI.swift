package import Foundation

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// The broker's HTTP interface: for what AMQP has no method for.
package struct ManagementAPI: Sendable {
    private let base: URL
    private let authorization: String

    /// - Parameter url: with name and password in it.
    package init(url: String) throws {
        guard var parts = URLComponents(string: url), let user = parts.user, let password = parts.password else {
            throw TestSupportError("OMS_BROKER_MANAGEMENT_URL is not http://user:password@host:port")
        }
        parts.user = nil
        parts.password = nil
        guard let base = parts.url else { throw TestSupportError("OMS_BROKER_MANAGEMENT_URL cannot be read") }
        self.base = base
        authorization = "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }

    /// Asks for `path` below `/api/`, whose parts must be percent-encoded already.
    ///
    /// - Throws: `TestSupportError` unless the answer is 2xx.
    @discardableResult
    package func request(_ method: String, _ path: String, body: String? = nil) async throws -> Data {
        guard let url = URL(string: "api/\(path)", relativeTo: base) else { throw TestSupportError("bad path: \(path)") }
        var request = URLRequest(url: url, timeoutInterval: 30)
        request.httpMethod = method
        request.setValue(authorization, forHTTPHeaderField: "Authorization")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = body.map { Data($0.utf8) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status) else {
            throw TestSupportError("\(method) \(path): \(status) \(String(decoding: data.prefix(300), as: UTF8.self))")
        }
        return data
    }

    /// A queue as the broker sees it. The counts may be a few seconds old.
    package struct Queue: Decodable, Sendable {
        package var name: String
        package var messages: Int?
        package var consumers: Int?
        /// The nodes that hold it, of a quorum queue.
        package var members: [String]?
    }

    package func queues(virtualHost: String) async throws -> [Queue] {
        try JSONDecoder().decode([Queue].self, from: await request("GET", "queues/\(virtualHost)"))
    }

    /// The names of the client connections that are open in a virtual host.
    package func connections(virtualHost: String) async throws -> [String] {
        struct Connection: Decodable { var name: String }
        return try JSONDecoder().decode([Connection].self, from: await request("GET", "vhosts/\(virtualHost)/connections")).map(\.name)
    }

    /// Ends a connection as an operator would: its client sees `connection-forced`.
    package func closeConnection(_ name: String) async throws {
        let encoded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? name
        try await request("DELETE", "connections/\(encoded)")
    }
}
