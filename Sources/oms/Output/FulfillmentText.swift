internal import Commerce
internal import Messages
internal import Store

/// Open parcels, a line each.
enum FulfillmentText {
    static func line(_ parcel: OpenFulfillment, network: NetworkSnapshot) -> String {
        let place = network.location(key: parcel.location)?.location.id ?? "?"
        let order = "\(network.channel(key: parcel.channel)?.channel.id ?? "?")/\(parcel.orderID)"
        let units = "\(parcel.units.grouped) unit\(parcel.units == 1 ? "" : "s")"
        return
            "\(parcel.id.padded(8)) \(parcel.createdAt.minuteText)  \(place.padded(12)) \(parcel.status.words.padded(14)) \(units.leftPadded(10))  \(order)"
            .fitted(100)
    }

    static func json(_ parcel: OpenFulfillment, network: NetworkSnapshot) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("fulfillmentId", parcel.id)
        json.member("channel", network.channel(key: parcel.channel)?.channel.id ?? "")
        json.member("orderId", parcel.orderID)
        json.member("location", network.location(key: parcel.location)?.location.id ?? "")
        json.member("status", "\(parcel.status)")
        json.member("createdAt", parcel.createdAt)
        json.member("units", parcel.units)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
