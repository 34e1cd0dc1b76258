internal import Commerce
internal import Messages
internal import Store

extension StockPage {
    /// The same as one JSON object; names and forms are the contract's.
    var json: String {
        var json = JSONWriter(capacity: 4_096)
        json.beginObject()
        json.member("sku", story.id)
        json.member("asOf", now)
        json.list("locations", story.places, write)
        json.list("movements", story.movements) { json, movement in
            json.beginObject()
            json.member("location", name(of: movement.location))
            json.member("delta", movement.delta)
            json.member("kind", optional: movement.kind?.words)
            json.member("reference", movement.reference)
            json.member("occurredAt", movement.occurredAt)
            json.endObject()
        }
        json.member("waitingOrders", story.waitingOrders)
        json.member("waitingUnits", story.waitingUnits)
        json.list("waiting", story.waiting) { json, order in
            json.beginObject()
            json.member("channel", channel(order.channel))
            json.member("orderId", order.orderID)
            json.member("placedAt", order.placedAt)
            json.member("quantity", order.quantity)
            json.endObject()
        }
        json.list("reserved", story.reserved) { json, parcel in
            json.beginObject()
            json.member("fulfillmentId", FulfillmentID.text(parcel.fulfillment))
            json.member("location", name(of: parcel.location))
            json.member("channel", channel(parcel.channel))
            json.member("orderId", parcel.orderID)
            json.member("createdAt", parcel.createdAt)
            json.member("units", parcel.units)
            json.endObject()
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func write(_ json: inout JSONWriter, _ place: SKUStory.Place) {
        json.beginObject()
        json.member("location", name(of: place.location))
        json.member("active", isActive(place.location))
        json.member("onHand", place.level.onHand)
        json.member("reserved", place.level.reserved)
        json.member("blocked", place.level.blocked)
        json.member("available", place.level.available)
        json.member("counted", optional: place.counted)
        json.member("countedAt", optional: place.countedAt)
        json.member("countAgeSeconds", optional: place.countedAt.map { (now.rawValue - $0.rawValue) / 1_000_000 })
        json.endObject()
    }
}
