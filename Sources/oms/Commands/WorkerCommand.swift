internal import ArgumentParser
internal import Logging
internal import Metrics
internal import Postgres
internal import RabbitMQ
internal import ServiceLifecycle
internal import UnixSignals
internal import Workers

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Run a worker: one process, some roles, until SIGTERM.",
        discussion: """
            Start as many as you like, of any roles, on any machines: each takes what is there. On SIGTERM or SIGINT it finishes what it holds, \
            within 30 seconds. It serves /health/live, /health/ready and /metrics.

            Example: OMS_METRICS_PORT=9500 oms worker sourcing fulfillment
            """
    )

    @Argument(help: "intake, sourcing, stock, fulfillment, invoicing, mailing, relay; none: all of them.")
    var roles: [String] = []

    func run() async throws {
        Heap.keepLittle()
        let settings = try await Settings.load()
        let roles = try self.roles.isEmpty ? Role.allCases : self.roles.map(role)
        try Logging.bootstrap(settings)
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        let logger = Logger(label: "oms")
        let health = WorkerHealth()
        let worker = try WorkerProcess(
            roles: roles,
            lanes: settings.lanes,
            database: settings.databaseConfiguration(),
            broker: settings.broker(name: "oms worker \(self.roles.joined(separator: " "))"),
            mail: roles.contains(.mailing)
                ? WorkerProcess.MailSettings(url: settings.smtpURL, connections: settings.mailConnections, templates: settings.templates)
                : nil,
            health: health,
            logger: logger
        )
        let server = HealthServer(
            host: try settings.metricsHost,
            port: try settings.metricsPort,
            health: health,
            registry: registry,
            logger: logger
        )
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: server), .init(service: worker)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        logger.info("worker starts", metadata: ["roles": "\(roles.map(\.rawValue).joined(separator: " "))"])
        try await ServiceGroup(configuration: configuration).run()
        logger.info("worker stopped")
    }

    private func role(_ name: String) throws -> Role {
        guard let role = Role(rawValue: name) else {
            throw CommandFailure.wrongUse(
                "\(Terminal.safe(name)) is no role. Roles: \(Role.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        }
        return role
    }
}
