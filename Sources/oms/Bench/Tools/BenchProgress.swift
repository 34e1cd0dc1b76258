/// Where the keys of orders and of what comes of them stand, so that one can wait for what comes after, whatever was there before.
struct BenchProgress: Sendable {
    private static let last = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM"

    private let stage: BenchStage
    private let orders: Int64
    private let fulfillments: Int64
    private let shipments: Int64

    static func mark(_ stage: BenchStage) async throws -> BenchProgress {
        BenchProgress(
            stage: stage,
            orders: try await stage.number("\(last) order_key"),
            fulfillments: try await stage.number("\(last) fulfillment_key"),
            shipments: try await stage.number("\(last) shipment_key")
        )
    }

    /// Waits until so many further orders are written.
    func taken(_ count: Int) async throws {
        try await stage.wait(until: orders + Int64(count), "orders taken", "\(Self.last) order_key")
        let sql = "SELECT count(*) FROM orders WHERE key > \(orders)"
        try await stage.wait(until: Int64(count), "orders taken", sql)
    }

    /// Waits until so many further orders are sourced, each with a parcel. A sequence is looked at first: it costs next to nothing.
    func sourced(_ count: Int) async throws {
        try await stage.wait(until: fulfillments + Int64(count), "orders sourced", "\(Self.last) fulfillment_key")
        let sql = "SELECT count(*) FROM orders WHERE key > \(orders) AND status = 5"
        try await stage.wait(until: Int64(count), "orders sourced", sql)
    }

    /// Waits until so many further orders are sourced, or wait for stock.
    func decided(_ count: Int) async throws {
        let sql = "SELECT count(*) FROM orders WHERE key > \(orders) AND status IN (3, 5)"
        try await stage.wait(until: Int64(count), "orders decided", sql, every: .milliseconds(100))
    }

    /// Waits until so many orders in all are dispatched, invoiced, and their two mails handed over.
    func lived(_ count: Int) async throws {
        try await stage.wait(until: shipments + Int64(count), "orders dispatched", "\(Self.last) shipment_key")
        try await stage.wait(until: Int64(count), "invoices", "SELECT coalesce(sum(last), 0)::bigint FROM invoice_series")
        try await stage.wait(until: Int64(count * 2), "mails", "SELECT count(*) FROM email")
    }
}
