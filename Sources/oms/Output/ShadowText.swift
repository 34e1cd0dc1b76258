internal import Messages
internal import Store

/// The shadow rules beside those in force.
enum ShadowText {
    static func lines(_ comparison: ShadowComparison, isInForce: Bool) -> [String] {
        guard isInForce else { return ["no shadow rules are in force"] }
        guard comparison.decisions > 0 else { return ["the shadow rules have decided nothing yet"] }
        let (live, shadow) = (comparison.live, comparison.shadow)
        let orders = "\(comparison.differingOrders.grouped) order\(comparison.differingOrders == 1 ? "" : "s")"
        return [
            "\(comparison.decisions.grouped) decision\(comparison.decisions == 1 ? "" : "s"); \(orders) would have been decided otherwise",
            "",
            row("", "in force", "shadow"),
            row("parcels", live.parcels.grouped, shadow.parcels.grouped),
            row("cost, minor units", live.cost.grouped, shadow.cost.grouped),
            row("held", live.held.grouped, shadow.held.grouped),
            row("backordered", live.backordered.grouped, shadow.backordered.grouped),
            row("cancelled", live.cancelled.grouped, shadow.cancelled.grouped),
        ]
    }

    static func json(_ comparison: ShadowComparison, isInForce: Bool) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("inForce", isInForce)
        json.member("decisions", comparison.decisions)
        json.member("differingOrders", comparison.differingOrders)
        json.key("live")
        write(comparison.live, to: &json)
        json.key("shadow")
        write(comparison.shadow, to: &json)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func write(_ side: ShadowComparison.Side, to json: inout JSONWriter) {
        json.beginObject()
        json.member("parcels", side.parcels)
        json.member("cost", side.cost)
        json.member("held", side.held)
        json.member("backordered", side.backordered)
        json.member("cancelled", side.cancelled)
        json.endObject()
    }

    private static func row(_ name: String, _ live: String, _ shadow: String) -> String {
        "  \(name.padded(18))\(live.leftPadded(16))\(shadow.leftPadded(16))".fitted(80)
    }
}
