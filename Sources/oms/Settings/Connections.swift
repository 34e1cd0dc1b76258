internal import Logging
internal import Postgres
internal import RabbitMQ

extension Settings {
    /// A session of its own for a command.
    func session(owner: Bool = false, logger: Logger = Logging.quiet) throws -> PostgresSession {
        var configuration = try PostgresConfiguration(url: owner ? ownerURL : databaseURL)
        configuration.applicationName = "oms"
        return PostgresSession(configuration, name: "command", logger: logger)
    }

    func databaseConfiguration() throws -> PostgresConfiguration {
        var configuration = try PostgresConfiguration(url: databaseURL)
        configuration.applicationName = "oms worker"
        configuration.needsPrimary = true
        return configuration
    }

    func broker(name: String = "oms") throws -> BrokerConfiguration { try BrokerConfiguration(urls: brokerURL, name: name) }

    func publisher(logger: Logger = Logging.quiet) async throws -> Publisher {
        try await Publisher.connect(broker(name: "oms command"), logger: logger)
    }
}
