internal import Glibc
internal import Hummingbird
package import Logging
internal import NIOCore
internal import ServiceLifecycle

/// `/health/live`, `/health/ready` and `/metrics` over HTTP.
package struct HealthServer: Service {
    private let host: String
    private let port: Int
    private let health: WorkerHealth
    private let registry: PrometheusRegistry
    private let logger: Logger

    /// - Parameter port: where it is taken, the next free one is used, and logged; 0 takes any.
    package init(host: String, port: Int, health: WorkerHealth, registry: PrometheusRegistry, logger: Logger) {
        self.host = host
        self.port = port
        self.health = health
        self.registry = registry
        self.logger = logger
    }

    package func run() async throws {
        let candidates = port == 0 ? 0...0 : port...min(port + 200, 65_535)
        for candidate in candidates {
            do {
                try await application(port: candidate).run()
                return
            } catch let error as IOError where error.errnoCode == EADDRINUSE && candidate < candidates.upperBound {
                continue
            }
        }
    }

    private func application(port: Int) -> some ApplicationProtocol {
        let router = Router()
        router.get("/health/live") { _, _ in "live\n" }
        router.get("/health/ready") { [health] _, _ -> Response in
            let obstacles = health.obstacles
            return Self.text(
                obstacles.isEmpty ? "ready\n" : obstacles.joined(separator: "\n") + "\n",
                obstacles.isEmpty ? .ok : .serviceUnavailable
            )
        }
        router.get("/metrics") { [registry] _, _ -> Response in
            Self.text(registry.exposition(), .ok, type: "text/plain; version=0.0.4; charset=utf-8")
        }
        var quiet = logger
        quiet.logLevel = .warning
        return Application(
            router: router,
            configuration: .init(address: .hostname(host, port: port), serverName: "oms"),
            onServerRunning: { [logger] channel in
                logger.info("metrics and health", metadata: ["address": "http://\(host):\(channel.localAddress?.port ?? port)"])
            },
            logger: quiet
        )
    }

    private static func text(_ body: String, _ status: HTTPResponse.Status, type: String = "text/plain; charset=utf-8") -> Response {
        Response(status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: body)))
    }
}
