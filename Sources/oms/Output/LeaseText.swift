internal import Commerce
internal import Messages
internal import Store

/// Leases of baskets, a line each, with their SKUs below.
enum LeaseText {
    private static let width = 80

    static func lines(_ lease: LeaseReport, network: NetworkSnapshot) -> [String] {
        let basket = "\(channel(of: lease, network))/\(lease.basket)"
        let state = lease.orderID.map { "order \($0)" } ?? (lease.left > 0 ? "\(duration(lease.left)) left" : "expired")
        let head = "\(lease.grantedAt.minuteText)  \(duration(lease.age).leftPadded(6)) old  \(state.padded(14))  \(basket)"
        return [head.fitted(width)] + lease.lines.map { "  \($0.units.grouped.leftPadded(9)) × \($0.sku)".fitted(width) }
    }

    static func json(_ lease: LeaseReport, network: NetworkSnapshot) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("channel", channel(of: lease, network))
        json.member("basketId", lease.basket)
        json.member("orderId", optional: lease.orderID)
        json.member("grantedAt", lease.grantedAt)
        json.member("expiresAt", lease.expiresAt)
        json.member("ageSeconds", lease.age)
        json.member("secondsLeft", max(0, lease.left))
        json.member("units", lease.units)
        json.list("lines", lease.lines) { json, line in
            json.beginObject()
            json.member("sku", line.sku)
            json.member("quantity", line.units)
            json.endObject()
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func channel(of lease: LeaseReport, _ network: NetworkSnapshot) -> String {
        network.channel(key: lease.channel)?.channel.id ?? "?"
    }

    /// `45s`, `12m`, `3h`: whole units, rounded down.
    private static func duration(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds)s"
        case ..<7_200: "\(seconds / 60)m"
        default: "\(seconds / 3_600)h"
        }
    }
}
