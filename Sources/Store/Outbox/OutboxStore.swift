package import Postgres

/// The outbox: one row per transaction, holding every message that tells of it.
package enum OutboxStore {
    /// A row still owed to the broker.
    package struct Row: Sendable {
        package var key: Int64
        package var messages: [OutboxMessage]
    }

    /// Writes the messages of this transaction, as the last thing it does: the row's key is read of the rows that come with the COMMIT.
    package static func insert(_ messages: [OutboxMessage], in tx: borrowing Transaction) throws {
        try tx.send(
            "INSERT INTO outbox (messages, payload) VALUES ($1, $2) RETURNING key",
            [.int4(Int32(messages.count)), .bytes(OutboxCodec.encode(messages))]
        )
    }

    /// The key of the row that ``insert(_:in:)`` wrote.
    package static func key(_ rows: Rows?) throws -> Int64 {
        guard let rows else { throw StoreError.vanished("outbox row") }
        return try rows.only().int8(0)
    }

    /// Deletes rows whose messages are all confirmed. Rows that are gone already are no error.
    package static func delete(_ keys: [Int64], in tx: borrowing Transaction) throws {
        guard !keys.isEmpty else { return }
        try tx.send("DELETE FROM outbox WHERE key = ANY($1)", [.int8Array(keys)])
    }

    /// Takes rows that nobody has tried to send for `seconds`, oldest first: their worker died, or the broker was away. Until as
    /// long again no other relay gets them.
    package static func claimOverdue(seconds: Double, limit: Int, in tx: borrowing Transaction) throws -> [Row] {
        let rows = try tx.query(
            """
            UPDATE outbox o SET claimed_at = clock_timestamp()
            FROM (
                SELECT key FROM outbox WHERE claimed_at < clock_timestamp() - make_interval(secs => $1)
                ORDER BY key LIMIT $2 FOR UPDATE SKIP LOCKED
            ) overdue
            WHERE o.key = overdue.key
            RETURNING o.key, o.payload
            """,
            [.double(seconds), .int8(Int64(limit))]
        )
        return try rows.map { Row(key: try $0.int8(0), messages: try OutboxCodec.decode(try $0.bytes(1))) }
            .sorted { $0.key < $1.key }
    }

    /// How long the oldest row has waited, in seconds; 0 where none waits. The alarm that matters.
    package static func oldestAge(in tx: borrowing Transaction) throws -> Double {
        let rows = try tx.query(
            "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 FROM outbox",
            []
        )
        return try rows[0].double(0)
    }
}
