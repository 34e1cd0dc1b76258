internal import Commerce
internal import Messages

extension ScriptMessage {
    init(_ body: some InboundBody, at time: Timestamp, rows: Int = 0) {
        self.init(time: time, type: body.type.rawValue, body: body.json(), rows: rows)
    }

    /// `order.placed`, sent when it was placed.
    init(_ order: PlacedOrder, rows: Int = 0) {
        self.init(time: order.placedAt, type: InboundType.orderPlaced.rawValue, body: order.json(), rows: rows)
    }
}

extension StockReported {
    /// The parts of one report, with at most `itemsPerPart` items each.
    static func parts(
        location: String,
        sequence: Int64,
        observedAt: Timestamp,
        mode: Mode,
        items: [Item],
        itemsPerPart: Int
    ) -> [StockReported] {
        let parts = max(1, (items.count + itemsPerPart - 1) / itemsPerPart)
        return (0..<parts).map { part in
            StockReported(
                location: location,
                sequence: sequence,
                observedAt: observedAt,
                mode: mode,
                part: Int64(part) + 1,
                parts: Int64(parts),
                items: Array(items[part * itemsPerPart..<min(items.count, (part + 1) * itemsPerPart)])
            )
        }
    }
}
