internal import Commerce
internal import Messages
internal import Store

/// Held orders, a line each.
enum HeldOrderText {
    static func line(_ order: HeldOrder, network: NetworkSnapshot) -> String {
        let name = "\(network.channel(key: order.channel)?.channel.id ?? "?")/\(order.orderID)"
        let units = "\(order.units.grouped) unit\(order.units == 1 ? "" : "s")"
        let end = order.until.map { ", until \($0.minuteText), then \(order.outcome.words)" } ?? ""
        return "\(age(order.ageSeconds).leftPadded(7))  \(units.leftPadded(10))  \(name)  \(order.reason)\(end)".fitted(120)
    }

    static func json(_ order: HeldOrder, network: NetworkSnapshot) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("channel", network.channel(key: order.channel)?.channel.id ?? "")
        json.member("orderId", order.orderID)
        json.member("reason", order.reason)
        json.member("since", order.since)
        json.member("ageSeconds", order.ageSeconds)
        if let until = order.until {
            json.member("until", until)
            json.member("then", order.outcome.words)
        }
        json.member("units", order.units)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func age(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) d"
        }
    }
}

extension OrderHolds.Outcome {
    fileprivate var words: String {
        switch self {
        case .backorder: "backorder"
        case .cancel: "cancel"
        case .ruled: "as its rule says"
        }
    }
}
