/// Why a call to PostgreSQL failed, and what follows from it.
///
/// `description` is fit for logs: it holds no values of rows or parameters. ``serverMessage`` and ``serverDetail`` may hold some.
package struct PostgresError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where the call failed.
    package enum Kind: Sendable, Hashable {
        /// The URL or a setting is wrong; trying again cannot help.
        case configuration
        /// No server could be reached, or none that takes connections now.
        case unreachable
        /// A server answered and refused us: password, database, privileges.
        case connectionRefused
        /// The connection broke under a call. What was not committed is gone.
        case connectionLost
        /// The session or pool was closed by its owner.
        case closed
        /// The server refused a statement; ``PostgresError/sqlState`` says why.
        case statement
        /// A parameter cannot be sent, such as text holding NUL. Nothing was sent.
        case parameter
        /// A result does not have the columns, types or rows the caller asked for.
        case result
        /// The calls do not fit together, or server and library disagree on the state of the connection.
        case misuse
    }

    package let kind: Kind

    /// The server's condition code; nil where the server did not speak.
    package var sqlState: SQLState?

    /// The constraint that was violated.
    package var constraint: String?

    /// The table the condition is about.
    package var table: String?

    /// The column the condition is about.
    package var column: String?

    /// What the server said. May quote values: not for logs.
    package var serverMessage: String?

    /// The server's detail line. Nearly always quotes values: not for logs.
    package var serverDetail: String?

    /// Whether a COMMIT was under way: the transaction may have been committed or not.
    package var isOutcomeUnknown = false

    /// A sentence without values.
    private let summary: String

    init(_ kind: Kind, _ summary: String, sqlState: SQLState? = nil) {
        self.kind = kind
        self.summary = summary
        self.sqlState = sqlState
    }

    /// The whole transaction may succeed when it is run again as it was: serialization failure or deadlock.
    package var isRetriable: Bool { sqlState == .serializationFailure || sqlState == .deadlockDetected }

    /// The connection broke (08xxx, 57P01, 57P02, 57P03, 25P03, or no word from the server at all).
    package var isConnectionLoss: Bool { kind == .connectionLost }

    /// No server took the connection; it may be there again in a moment.
    package var isUnreachable: Bool { kind == .unreachable }

    /// The database is away rather than wrong: wait and try again, with a new connection.
    package var isOutage: Bool { isConnectionLoss || isUnreachable }

    /// A prepared statement no longer fits its tables, because a migration ran meanwhile; a new session knows nothing of it.
    var isStalePlan: Bool {
        sqlState == .invalidStatementName || (sqlState == .featureNotSupported && serverMessage?.contains("cached plan") == true)
    }

    package var description: String {
        var text = summary
        if let sqlState { text += " [\(sqlState)]" }
        if let table { text += " table=\(table)" }
        if let column { text += " column=\(column)" }
        if let constraint { text += " constraint=\(constraint)" }
        if isOutcomeUnknown { text += " (outcome of the COMMIT unknown)" }
        return text
    }
}
