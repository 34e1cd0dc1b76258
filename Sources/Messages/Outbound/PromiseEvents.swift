extension Event {
    /// `order.promise_changed`: the date of goods that the order waits for is another than was told, or is no longer known.
    package struct OrderPromiseChanged: OrderEventData {
        package var channel: String
        package var orderID: String
        package var version: Int64
        /// The lines whose promise changed; without a date where none is known any more.
        package var lines: [Line]

        package init(channel: String, orderID: String, version: Int64, lines: [Line]) {
            self.channel = channel
            self.orderID = orderID
            self.version = version
            self.lines = lines
        }

        package var type: EventType { .orderPromiseChanged }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("version", version)
            json.lines(lines)
            json.endObject()
        }
    }
}
