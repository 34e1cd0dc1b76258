import Logging
import Postgres
import RabbitMQ
import ServiceLifecycle
import TestSupport
import Workers

/// A worker inside the tests' process, as `oms worker` runs it.
final class InProcessWorker: Sendable {
    private let group: ServiceGroup
    private let task: Task<Void, any Error>

    init(_ roles: [Role], databaseURL: String, brokerURL: String, smtpURL: String, lanes: Int = 1, health: WorkerHealth = WorkerHealth())
        throws
    {
        var database = try PostgresConfiguration(url: databaseURL)
        database.applicationName = "oms worker"
        let worker = try WorkerProcess(
            roles: roles,
            lanes: lanes,
            database: database,
            broker: BrokerConfiguration(urls: brokerURL, name: "test worker"),
            mail: WorkerProcess.MailSettings(url: smtpURL, connections: 1, templates: nil),
            health: health,
            logger: quiet
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [.init(service: worker)], gracefulShutdownSignals: [], logger: quiet)
        )
        self.group = group
        task = Task { try await group.run() }
    }

    /// Stops gracefully and waits for the end.
    func stop() async throws {
        await group.triggerGracefulShutdown()
        try await task.value
    }
}
