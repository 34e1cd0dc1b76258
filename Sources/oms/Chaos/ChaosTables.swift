internal import Commerce
internal import Postgres
internal import Store

/// What the tables say after a chaos run. Reads them whole.
struct ChaosTables: Sendable {
    struct Refused: Sendable {
        var type: String
        var code: String
        var count: Int64
    }

    var orders: [String]
    var open: Int64
    var reserved: Int64
    /// Fulfillment ids.
    var fulfillments: Set<String>
    var refused: [Refused]
    /// Message ids.
    var mails: Set<String>

    init(in tx: borrowing Transaction) throws {
        orders = try tx.query("SELECT id FROM orders ORDER BY id", []).map { try $0.text(0) }
        open = try tx.query("SELECT count(*) FROM orders WHERE status NOT IN (7, 8)", []).only().int8(0)
        reserved = try tx.query("SELECT coalesce(sum(reserved), 0)::bigint FROM stock", []).only().int8(0)
        fulfillments = Set(try tx.query("SELECT key FROM fulfillment", []).map { FulfillmentID.text(try $0.int8(0)) })
        refused = try tx.query("SELECT type, code, count(*) FROM dead_letter GROUP BY type, code ORDER BY 1, 2", []).map {
            Refused(type: try $0.text(0), code: try $0.text(1), count: try $0.int8(2))
        }
        mails = Set(try tx.query("SELECT message_id FROM email", []).map { try $0.text(0) })
    }
}
