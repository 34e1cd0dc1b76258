package import Postgres

/// All stock rows as text, streamed: memory stays flat however many there are.
package enum StockExport {
    package enum Format: String, Sendable, CaseIterable {
        case csv, ndjson
    }

    /// Columns and members, in this order.
    package static let columns = ["sku", "location", "onHand", "reserved", "blocked", "available", "counted", "countedAt"]

    /// Gives the rows a line each, by SKU (the one named first by any message first) and location, in one snapshot.
    ///
    /// CSV is RFC 4180 with a header and every text quoted. Ids are given as they are, so that the file can be read back; a spreadsheet may
    /// take one that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, quoted or not. `forSpreadsheets` puts an
    /// apostrophe before those (OWASP, *CSV injection*).
    ///
    /// - Parameters:
    ///   - location: only this location's.
    ///   - consume: is lent each line with its line feed.
    /// - Returns: rows, the header not counted.
    package static func write(
        _ format: Format,
        location: Int32?,
        forSpreadsheets: Bool,
        in tx: borrowing Transaction,
        _ consume: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int {
        try tx.liftTimeLimits()
        return try tx.copyOut(statement(format, location: location, forSpreadsheets: forSpreadsheets), consume)
    }

    /// COPY takes no parameters; all that is put into it is a whole number of ours.
    static func statement(_ format: Format, location: Int32?, forSpreadsheets: Bool) -> String {
        let filter = location.map { "WHERE s.location = \($0)" } ?? ""
        let isGuarded = forSpreadsheets && format == .csv
        let rows = """
            SELECT \(text("k.id", isGuarded: isGuarded)) AS sku, \(text("l.id", isGuarded: isGuarded)) AS location,
                   s.on_hand AS "onHand", s.reserved, s.blocked,
                   greatest(s.on_hand - s.reserved - s.blocked - s.withheld, 0) AS available,
                   CASE WHEN c.counted_at IS NOT NULL THEN s.counted END AS counted,
                   to_char(c.counted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "countedAt"
            FROM stock s JOIN sku k ON k.key = s.sku JOIN location l ON l.key = s.location
            LEFT JOIN stock_count c ON c.key = s.count_key \(filter)
            ORDER BY s.sku, s.location
            """
        switch format {
        case .csv:
            return "COPY (\(rows)) TO STDOUT WITH (FORMAT csv, HEADER, FORCE_QUOTE (sku, location))"
        case .ndjson:
            // JSON has no control characters, so with these two nothing is ever quoted or escaped a second time.
            return """
                COPY (SELECT row_to_json(t) FROM (\(rows)) t)
                TO STDOUT WITH (FORMAT csv, QUOTE E'\\x01', ESCAPE E'\\x01', DELIMITER E'\\x02')
                """
        }
    }

    private static func text(_ column: String, isGuarded: Bool) -> String {
        isGuarded ? "CASE WHEN \(column) ~ E'^[=+\\\\-@\\t\\r]' THEN '''' || \(column) ELSE \(column) END" : column
    }
}
