internal import Commerce
internal import Messages
internal import Store
internal import Workers

/// Deliveries on their way, a line each.
enum ExpectedText {
    static let heading = "expected         location    units came in promised   free SKU         reference"

    static func line(_ delivery: IncomingStock.Delivery, network: NetworkSnapshot) -> String {
        let row = delivery.row
        let promised = delivery.isOverdue ? "overdue" : delivery.use.units.grouped
        let free = delivery.isOverdue ? "-" : delivery.free.grouped
        let place = location(of: row, network).fitted(10).padded(10)
        let units = "\(row.quantity.grouped.leftPadded(6)) \(row.received.grouped.leftPadded(7))"
        let uses = "\(promised.leftPadded(8)) \(free.leftPadded(6))"
        let names = "\(delivery.sku.fitted(11).padded(11)) \(row.reference)"
        return "\(row.expectedAt.minuteText.prefix(16)) \(place) \(units) \(uses) \(names)".fitted(80)
    }

    static func json(_ delivery: IncomingStock.Delivery, network: NetworkSnapshot) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("location", location(of: delivery.row, network))
        json.member("reference", delivery.row.reference)
        json.member("sku", delivery.sku)
        json.member("quantity", delivery.row.quantity)
        json.member("received", delivery.row.received)
        json.member("expectedAt", delivery.row.expectedAt)
        json.member("overdue", delivery.isOverdue)
        json.member("promised", delivery.use.promised)
        json.member("owed", delivery.use.owed)
        json.member("undated", delivery.use.undated)
        json.member("free", delivery.isOverdue ? 0 : delivery.free)
        json.member("updatedAt", delivery.row.updatedAt)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func location(of row: ExpectedStock.Row, _ network: NetworkSnapshot) -> String {
        network.location(key: row.location)?.location.id ?? "?"
    }
}
