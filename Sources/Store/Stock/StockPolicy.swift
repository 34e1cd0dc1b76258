package import Postgres

/// The rules of the network file about what is kept back from sale, and whether everybody knows of them.
package enum StockPolicy {
    /// Keys of the network file that change what can be sold.
    private static let sections = ["safetyStock", "freshness"]

    /// Whether a file changed the rules since that was told last; from now on it counts as told.
    package static func takeNews(in tx: borrowing Transaction) throws -> Bool {
        let rows = try tx.query(
            """
            UPDATE stock_policy_told t SET version = n.version
            FROM (SELECT max(version) AS version FROM network_section WHERE name = ANY($1)) n
            WHERE n.version > t.version
            RETURNING t.version
            """,
            [.textArray(sections)]
        )
        return !rows.isEmpty
    }

    /// SKUs of which something is neither promised nor blocked nor withheld, wherever: what a rule changes of them is to be told.
    package static func skus(in tx: borrowing Transaction) throws -> [Int64] {
        try tx.query("SELECT DISTINCT sku FROM stock WHERE on_hand - reserved > blocked + withheld ORDER BY sku").map { try $0.int8(0) }
    }
}
