package import Commerce

extension Event {
    /// `order.accepted`: the order is stored, and will be sourced.
    package struct OrderAccepted: OrderEventData {
        package var channel: String
        package var orderID: String
        package var version: Int64

        package init(channel: String, orderID: String, version: Int64) {
            self.channel = channel
            self.orderID = orderID
            self.version = version
        }

        package var type: EventType { .orderAccepted }
        package func write(to json: inout JSONWriter) { json.order(self, version: version) { _ in } }
    }

    /// `order.completed`: every unit is shipped or cancelled.
    package struct OrderCompleted: OrderEventData {
        package var channel: String
        package var orderID: String
        package var version: Int64

        package init(channel: String, orderID: String, version: Int64) {
            self.channel = channel
            self.orderID = orderID
            self.version = version
        }

        package var type: EventType { .orderCompleted }
        package func write(to json: inout JSONWriter) { json.order(self, version: version) { _ in } }
    }

    /// `order.backordered`: these units wait for stock.
    package struct OrderBackordered: OrderEventData {
        package var channel: String
        package var orderID: String
        package var version: Int64
        package var lines: [Line]

        package init(channel: String, orderID: String, version: Int64, lines: [Line]) {
            self.channel = channel
            self.orderID = orderID
            self.version = version
            self.lines = lines
        }

        package var type: EventType { .orderBackordered }
        package func write(to json: inout JSONWriter) { json.order(self, version: version) { $0.lines(lines) } }
    }

    /// `order.cancelled`: these units will not be shipped.
    package struct OrderCancelled: OrderEventData {
        package var channel: String
        package var orderID: String
        package var version: Int64
        package var lines: [Line]
        package var reason: String?

        package init(channel: String, orderID: String, version: Int64, lines: [Line], reason: String?) {
            self.channel = channel
            self.orderID = orderID
            self.version = version
            self.lines = lines
            self.reason = reason
        }

        package var type: EventType { .orderCancelled }
        package func write(to json: inout JSONWriter) {
            json.order(self, version: version) {
                $0.lines(lines)
                $0.member("reason", optional: reason)
            }
        }
    }

    /// `order.sourced`: which locations ship what, as decided just now.
    package struct OrderSourced: OrderEventData {
        /// What one location ships.
        package struct Fulfillment: Hashable, Sendable {
            package var fulfillmentID: String
            package var location: String
            package var lines: [Line]
            /// When it arrives, where that is known.
            package var delivery: DeliveryEstimate?

            package init(fulfillmentID: String, location: String, lines: [Line], delivery: DeliveryEstimate? = nil) {
                self.fulfillmentID = fulfillmentID
                self.location = location
                self.lines = lines
                self.delivery = delivery
            }
        }

        package var channel: String
        package var orderID: String
        package var version: Int64
        /// The new ones of this decision.
        package var fulfillments: [Fulfillment]

        package init(channel: String, orderID: String, version: Int64, fulfillments: [Fulfillment]) {
            self.channel = channel
            self.orderID = orderID
            self.version = version
            self.fulfillments = fulfillments
        }

        package var type: EventType { .orderSourced }

        /// When all of these parcels have arrived; `nil` where that is not known of one of them.
        package var delivery: DeliveryEstimate? {
            fulfillments.contains { $0.delivery == nil } ? nil : .covering(fulfillments.compactMap(\.delivery))
        }

        package func write(to json: inout JSONWriter) {
            json.order(self, version: version) {
                $0.list("fulfillments", fulfillments) { json, fulfillment in
                    json.beginObject()
                    json.member("fulfillmentId", fulfillment.fulfillmentID)
                    json.member("location", fulfillment.location)
                    json.lines(fulfillment.lines)
                    json.members(fulfillment.delivery)
                    json.endObject()
                }
                $0.members(delivery)
            }
        }
    }
}

extension JSONWriter {
    mutating func order(_ event: some OrderEventData, version: Int64, _ more: (inout JSONWriter) -> Void) {
        beginObject()
        member("channel", event.channel)
        member("orderId", event.orderID)
        member("version", version)
        more(&self)
        endObject()
    }
}
