package import Commerce
package import Postgres

/// The dead-letter desk: refused messages, whole, until somebody has settled them.
package enum DeskStore {
    package struct Entry: Sendable {
        package var receivedAt: Timestamp
        package var queue: String
        package var type: String
        package var code: String
        package var path: String?
        package var message: String
        package var messageID: String?
        package var channel: String?
        package var orderID: String?
        /// The message's properties and headers as JSON.
        package var headers: String
        package var body: [UInt8]

        package init(
            receivedAt: Timestamp,
            queue: String,
            type: String,
            code: String,
            path: String?,
            message: String,
            messageID: String?,
            channel: String?,
            orderID: String?,
            headers: String,
            body: [UInt8]
        ) {
            self.receivedAt = receivedAt
            self.queue = queue
            self.type = type
            self.code = code
            self.path = path
            self.message = message
            self.messageID = messageID
            self.channel = channel
            self.orderID = orderID
            self.headers = headers
            self.body = body
        }
    }

    package enum Status: Int16, Sendable {
        case open = 1
        case retried = 2
        case dropped = 3
    }

    /// An entry with its number.
    package struct Row: Sendable {
        package var key: Int64
        package var entry: Entry
        package var status: Status
    }

    private static let columns =
        "key, status, received_at, queue, type, code, path, message, message_id, channel, order_id, headers, body"

    package static func insert(_ entries: [Entry], in tx: borrowing Transaction) throws {
        guard !entries.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO dead_letter (received_at, queue, type, code, path, message, message_id, channel, order_id, headers, body)
            SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                                 $8::text[], $9::text[], $10::text[], $11::bytea[])
            """,
            [
                .timestampArray(entries.map(\.receivedAt.rawValue)),
                .textArray(entries.map { storable($0.queue) }),
                .textArray(entries.map { storable($0.type) }),
                .textArray(entries.map(\.code)),
                .optionalTextArray(entries.map { $0.path.map(storable) }),
                .textArray(entries.map { storable($0.message) }),
                .optionalTextArray(entries.map { $0.messageID.map(storable) }),
                .optionalTextArray(entries.map { $0.channel.map(storable) }),
                .optionalTextArray(entries.map { $0.orderID.map(storable) }),
                .textArray(entries.map { storable($0.headers) }),
                .bytesArray(entries.map(\.body)),
            ]
        )
    }

    /// Entries by number, newest first.
    ///
    /// - Parameter all: settled ones too.
    package static func list(all: Bool, limit: Int, in tx: borrowing Transaction) throws -> [Row] {
        let rows = try tx.query(
            "SELECT \(columns) FROM dead_letter WHERE $1 OR status = 1 ORDER BY key DESC LIMIT $2",
            [.bool(all), .int8(Int64(limit))]
        )
        return try rows.map { try row($0) }
    }

    /// How many entries are open, by code.
    package static func openCounts(in tx: borrowing Transaction) throws -> [(code: String, count: Int64)] {
        let rows = try tx.query("SELECT code, count(*) FROM dead_letter WHERE status = 1 GROUP BY code ORDER BY 2 DESC, 1", [])
        return try rows.map { (try $0.text(0), try $0.int8(1)) }
    }

    package static func find(_ key: Int64, in tx: borrowing Transaction) throws -> Row? {
        let rows = try tx.query("SELECT \(columns) FROM dead_letter WHERE key = $1", [.int8(key)])
        return try rows.first.map { try row($0) }
    }

    /// Locks open entries for settling.
    ///
    /// - Parameter code: only those with this code.
    package static func open(keys: [Int64]?, code: String?, limit: Int, in tx: borrowing Transaction) throws -> [Row] {
        let rows = try tx.query(
            """
            SELECT \(columns) FROM dead_letter
            WHERE status = 1 AND (NOT $1 OR key = ANY($2)) AND ($3 = '' OR code = $3)
            ORDER BY key LIMIT $4 FOR UPDATE
            """,
            [.bool(keys != nil), .int8Array(keys ?? []), .text(code ?? ""), .int8(Int64(limit))]
        )
        return try rows.map { try row($0) }
    }

    package static func settle(_ keys: [Int64], as status: Status, at moment: Timestamp, in tx: borrowing Transaction) throws {
        try tx.send(
            "UPDATE dead_letter SET status = $2, settled_at = $3 WHERE key = ANY($1)",
            [.int8Array(keys), .int2(status.rawValue), .timestamp(moment.rawValue)]
        )
    }

    private static func row(_ row: Postgres.Row) throws -> Row {
        guard let status = Status(rawValue: try row.int2(1)) else { throw StoreError.unreadable("desk status") }
        return Row(
            key: try row.int8(0),
            entry: Entry(
                receivedAt: Timestamp(rawValue: try row.timestamp(2)),
                queue: try row.text(3),
                type: try row.text(4),
                code: try row.text(5),
                path: try row.optionalText(6),
                message: try row.text(7),
                messageID: try row.optionalText(8),
                channel: try row.optionalText(9),
                orderID: try row.optionalText(10),
                headers: try row.text(11),
                body: try row.bytes(12)
            ),
            status: status
        )
    }

    /// PostgreSQL's text cannot hold NUL; what a stranger sent may. The body keeps every byte.
    private static func storable(_ text: String) -> String {
        text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
    }
}
