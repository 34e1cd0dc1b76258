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

    package static let connectionException = SQLState("08000")
    package static let featureNotSupported = SQLState("0A000")
    package static let numericValueOutOfRange = SQLState("22003")
    package static let untranslatableCharacter = SQLState("22P05")
    package static let invalidTextRepresentation = SQLState("22P02")
    package static let notNullViolation = SQLState("23502")
    package static let foreignKeyViolation = SQLState("23503")
    package static let uniqueViolation = SQLState("23505")
    package static let checkViolation = SQLState("23514")
    package static let exclusionViolation = SQLState("23P01")
    package static let readOnlyTransaction = SQLState("25006")
    package static let failedTransaction = SQLState("25P02")
    package static let idleInTransactionTimeout = SQLState("25P03")
    package static let invalidStatementName = SQLState("26000")
    package static let invalidPassword = SQLState("28P01")
    package static let invalidDatabase = SQLState("3D000")
    package static let serializationFailure = SQLState("40001")
    package static let deadlockDetected = SQLState("40P01")
    package static let insufficientPrivilege = SQLState("42501")
    package static let syntaxError = SQLState("42601")
    package static let undefinedTable = SQLState("42P01")
    package static let duplicateDatabase = SQLState("42P04")
    package static let duplicateTable = SQLState("42P07")
    package static let diskFull = SQLState("53100")
    package static let tooManyConnections = SQLState("53300")
    package static let lockNotAvailable = SQLState("55P03")
    package static let queryCanceled = SQLState("57014")
    package static let adminShutdown = SQLState("57P01")
    package static let crashShutdown = SQLState("57P02")
    package static let cannotConnectNow = SQLState("57P03")
    package static let raisedException = SQLState("P0001")

    package static func ~= (pattern: SQLState, error: any Error) -> Bool {
        (error as? PostgresError)?.sqlState == pattern
    }
}
