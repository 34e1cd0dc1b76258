/// PostgreSQL's five-character condition code, the only part of a server error that is stable across versions and languages.
///
/// Matches errors in a `catch`: `catch SQLState.uniqueViolation { … }`.
package struct SQLState: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    private init(_ code: StaticString) { rawValue = code.description }

    /// The first two characters: what family of conditions it belongs to.
    package var category: Substring { rawValue.prefix(2) }

    package var description: String { rawValue }

    /// 08000: the connection failed.
    package static let connectionException = SQLState("08000")
    /// 0A000: among others, a prepared statement whose table has changed.
    package static let featureNotSupported = SQLState("0A000")
    /// 22003: a number does not fit its type.
    package static let numericValueOutOfRange = SQLState("22003")
    /// 22P05: also given to text that contains NUL, before it is sent.
    package static let untranslatableCharacter = SQLState("22P05")
    /// 22P02: a text is no value of the type it was cast to.
    package static let invalidTextRepresentation = SQLState("22P02")
    /// 23502: NULL in a column that forbids it.
    package static let notNullViolation = SQLState("23502")
    /// 23503: what is referred to does not exist, or is still referred to.
    package static let foreignKeyViolation = SQLState("23503")
    /// 23505: the key exists.
    package static let uniqueViolation = SQLState("23505")
    /// 23514: a CHECK constraint says no.
    package static let checkViolation = SQLState("23514")
    /// 23P01: an exclusion constraint says no.
    package static let exclusionViolation = SQLState("23P01")
    /// 25006: a write in a read-only transaction.
    package static let readOnlyTransaction = SQLState("25006")
    /// 25P02: an earlier statement of the transaction had failed.
    package static let failedTransaction = SQLState("25P02")
    /// 25P03: the transaction was left open for too long.
    package static let idleInTransactionTimeout = SQLState("25P03")
    /// 26000: the server does not know a prepared statement.
    package static let invalidStatementName = SQLState("26000")
    /// 28P01: the password is wrong.
    package static let invalidPassword = SQLState("28P01")
    /// 3D000: there is no such database.
    package static let invalidDatabase = SQLState("3D000")
    /// 40001: run the transaction again.
    package static let serializationFailure = SQLState("40001")
    /// 40P01: run the transaction again.
    package static let deadlockDetected = SQLState("40P01")
    /// 42501: the role may not do this.
    package static let insufficientPrivilege = SQLState("42501")
    /// 42601: the SQL is wrong.
    package static let syntaxError = SQLState("42601")
    /// 42P01: there is no such table.
    package static let undefinedTable = SQLState("42P01")
    /// 42P04: the database exists.
    package static let duplicateDatabase = SQLState("42P04")
    /// 42P07: the table exists.
    package static let duplicateTable = SQLState("42P07")
    /// 53100: the disk is full.
    package static let diskFull = SQLState("53100")
    /// 53300: the server has no connection left.
    package static let tooManyConnections = SQLState("53300")
    /// 55P03: a lock was not had in time.
    package static let lockNotAvailable = SQLState("55P03")
    /// 57014: the statement took longer than its limit, or was canceled.
    package static let queryCanceled = SQLState("57014")
    /// 57P01: the server or the session was shut down.
    package static let adminShutdown = SQLState("57P01")
    /// 57P02: the server restarts after a crash.
    package static let crashShutdown = SQLState("57P02")
    /// 57P03: the server is starting up or shutting down.
    package static let cannotConnectNow = SQLState("57P03")
    /// P0001: RAISE in a function.
    package static let raisedException = SQLState("P0001")

    package static func ~= (pattern: SQLState, error: any Error) -> Bool {
        (error as? PostgresError)?.sqlState == pattern
    }
}
