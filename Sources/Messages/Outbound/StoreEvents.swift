extension Event {
    /// `order.handed_over`: goods left a store over its counter, with their sale.
    package struct OrderHandedOver: OrderEventData {
        package var channel: String
        package var orderID: String
        package var version: Int64
        package var fulfillmentID: String
        /// Names the hand-over in `invoice.issued`.
        package var shipmentID: String
        package var location: String
        package var lines: [Line]

        package init(
            channel: String,
            orderID: String,
            version: Int64,
            fulfillmentID: String,
            shipmentID: String,
            location: String,
            lines: [Line]
        ) {
            self.channel = channel
            self.orderID = orderID
            self.version = version
            self.fulfillmentID = fulfillmentID
            self.shipmentID = shipmentID
            self.location = location
            self.lines = lines
        }

        package var type: EventType { .orderHandedOver }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("version", version)
            json.member("fulfillmentId", fulfillmentID)
            json.member("shipmentId", shipmentID)
            json.member("location", location)
            json.lines(lines)
            json.endObject()
        }
    }
}
