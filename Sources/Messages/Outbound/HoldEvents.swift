extension Event {
    /// `order.held`: an agent has to look; these units are not sourced meanwhile.
    package struct OrderHeld: OrderEventData {
        package var channel: String
        package var orderID: String
        package var version: Int64
        /// `rounds`, or what a routing rule says.
        package var reason: String
        package var lines: [Line]

        package init(channel: String, orderID: String, version: Int64, reason: String, lines: [Line]) {
            self.channel = channel
            self.orderID = orderID
            self.version = version
            self.reason = reason
            self.lines = lines
        }

        package var type: EventType { .orderHeld }
        package func write(to json: inout JSONWriter) {
            json.order(self, version: version) {
                $0.member("reason", reason)
                $0.lines(lines)
            }
        }
    }

    /// `fulfillment.late_answer`: a location answered after its request had been taken back; the answer has no effect.
    package struct FulfillmentLateAnswer: OrderEventData {
        package enum Answer: String, Sendable, CaseIterable {
            case accepted, rejected
        }

        package var fulfillmentID: String
        package var channel: String
        package var orderID: String
        package var location: String
        package var answer: Answer

        package init(fulfillmentID: String, channel: String, orderID: String, location: String, answer: Answer) {
            self.fulfillmentID = fulfillmentID
            self.channel = channel
            self.orderID = orderID
            self.location = location
            self.answer = answer
        }

        package var type: EventType { .fulfillmentLateAnswer }
        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("fulfillmentId", fulfillmentID)
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("location", location)
            json.member("answer", answer.rawValue)
            json.endObject()
        }
    }
}
