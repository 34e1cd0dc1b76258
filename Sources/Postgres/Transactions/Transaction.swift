/// An open transaction, on the thread of its session.
///
/// It is lent to a synchronous closure: it cannot be kept, sent, or held across an `await`, so that no transaction ever waits for
/// a broker or another actor. Statements are prepared once per connection, by their text; parameters and results are binary.
/// BEGIN travels with the first statement.
package struct Transaction: ~Copyable {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Runs a statement and gives its rows.
    ///
    /// Parameters' types are declared: `.textArray` is `text[]`. A column must not be `numeric`; cast sums to `bigint`.
    package func query(_ sql: String, _ parameters: [Parameter] = []) throws(PostgresError) -> Rows {
        try connection.enqueue(sql, parameters)
        guard let rows = try connection.collect().last else { throw connection.failure() }
        return rows
    }

    /// Runs a statement.
    ///
    /// - Returns: rows it affected.
    @discardableResult
    package func execute(_ sql: String, _ parameters: [Parameter] = []) throws(PostgresError) -> Int {
        try query(sql, parameters).affected
    }

    /// Sends a statement without waiting for its result; it costs no round trip.
    ///
    /// It runs in order, and is answered together with the next `query`, `execute` or `pipeline`, or with the COMMIT: an error in it is
    /// thrown there. For the last writes of a transaction.
    package func send(_ sql: String, _ parameters: [Parameter] = []) throws(PostgresError) {
        try connection.enqueue(sql, parameters)
    }

    /// Runs several statements in one round trip.
    ///
    /// - Returns: the rows of each.
    /// - Throws: the first error; the statements behind it have not run.
    package func pipeline(_ statements: [Statement]) throws(PostgresError) -> [Rows] {
        for statement in statements { try connection.enqueue(statement.sql, statement.parameters) }
        return try connection.collect().suffix(statements.count)
    }

    /// Runs a script of several statements, without parameters and results.
    ///
    /// - Throws: `.misuse` when the script ends the transaction, with a COMMIT of its own.
    package func script(_ sql: String) throws {
        try connection.script(sql)
        guard connection.isInTransaction else {
            throw PostgresError(.misuse, "the script ended the transaction it ran in")
        }
    }

    /// Runs `COPY … FROM STDIN (FORMAT binary)` with the rows that `body` writes.
    ///
    /// - Returns: rows copied.
    @discardableResult
    package func copyIn(_ sql: String, _ body: (inout CopyWriter) throws -> Void) throws -> Int {
        try connection.copyIn(sql) {
            var writer = CopyWriter(connection)
            try body(&writer)
            try writer.finish()
        }
    }

    /// Runs `COPY … FROM STDIN` with bytes in the form the statement names, until `next` gives nil.
    ///
    /// - Returns: rows copied.
    @discardableResult
    package func copyIn(_ sql: String, bytes next: () throws -> [UInt8]?) throws -> Int {
        try connection.copyIn(sql) {
            while let chunk = try next() { try chunk.withUnsafeBytes { try connection.putCopyData($0) } }
        }
    }

    /// Runs `COPY … TO STDOUT`; each chunk of bytes is lent to `consume`. When that throws, the connection is given up.
    ///
    /// - Returns: rows copied.
    @discardableResult
    package func copyOut(_ sql: String, _ consume: (UnsafeRawBufferPointer) throws -> Void) throws -> Int {
        try connection.copyOut(sql, consume)
    }

    /// Lifts the time limits of statements and locks until the end of the transaction: for migrations and audits.
    package func liftTimeLimits() throws(PostgresError) {
        try connection.enqueue("SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)", [])
        connection.losePatience()
    }
}
