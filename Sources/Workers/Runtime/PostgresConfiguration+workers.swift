package import Postgres

extension PostgresConfiguration {
    /// The same server, by the rules of a worker's sessions; what the URL says itself still wins.
    package var ofWorkers: PostgresConfiguration {
        var configuration = self
        // Statements want rows by their keys, and their plans are kept for half an hour: those of an empty table must not be.
        configuration.readsTablesWhole = false
        // Nothing but arithmetic happens between a transaction's statements. A process that is frozen there would keep its locks from all
        // others; the server ends its session, and the batch runs again.
        configuration.idleInTransactionTimeout = .seconds(5)
        return configuration
    }
}
