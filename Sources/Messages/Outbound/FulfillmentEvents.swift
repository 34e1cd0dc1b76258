package import Commerce

extension Event {
    /// `fulfillment.requested`: a location is asked to ship a parcel.
    package struct FulfillmentRequested: OrderEventData {
        package var fulfillmentID: String
        package var channel: String
        package var orderID: String
        package var location: String
        package var shippingAddress: Address
        /// The store where the customer collects the order: the goods go there, or stay there.
        package var pickupLocation: String?
        /// With names.
        package var lines: [Line]

        package init(
            fulfillmentID: String,
            channel: String,
            orderID: String,
            location: String,
            shippingAddress: Address,
            pickupLocation: String? = nil,
            lines: [Line]
        ) {
            self.fulfillmentID = fulfillmentID
            self.channel = channel
            self.orderID = orderID
            self.location = location
            self.shippingAddress = shippingAddress
            self.pickupLocation = pickupLocation
            self.lines = lines
        }

        package var type: EventType { .fulfillmentRequested }
        package var routingKey: String { "\(type.rawValue).\(location)" }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("fulfillmentId", fulfillmentID)
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("location", location)
            json.key("shippingAddress")
            shippingAddress.write(to: &json)
            json.member("pickupLocation", optional: pickupLocation)
            json.lines(lines)
            json.endObject()
        }
    }

    /// `fulfillment.cancelled`: a location must not ship these units.
    package struct FulfillmentCancelled: OrderEventData {
        package var fulfillmentID: String
        package var channel: String
        package var orderID: String
        package var location: String
        package var lines: [Line]
        package var reason: String

        package init(fulfillmentID: String, channel: String, orderID: String, location: String, lines: [Line], reason: String) {
            self.fulfillmentID = fulfillmentID
            self.channel = channel
            self.orderID = orderID
            self.location = location
            self.lines = lines
            self.reason = reason
        }

        package var type: EventType { .fulfillmentCancelled }
        package var routingKey: String { "\(type.rawValue).\(location)" }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("fulfillmentId", fulfillmentID)
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("location", location)
            json.lines(lines)
            json.member("reason", reason)
            json.endObject()
        }
    }

    /// `shipment.dispatched`, `.delivered`, `.failed`, `.unexpected`: where goods are.
    package struct Shipment: OrderEventData {
        package enum Kind: String, Sendable, CaseIterable {
            case dispatched, delivered, failed
            /// A location shipped what was cancelled.
            case unexpected
        }

        package var kind: Kind
        package var channel: String
        package var orderID: String
        package var fulfillmentID: String
        package var shipmentID: String
        package var carrier: String
        package var trackingNumber: String
        package var trackingURL: String?
        package var lines: [Line]
        /// Why it failed, where the carrier said so.
        package var reason: String?

        package init(
            kind: Kind,
            channel: String,
            orderID: String,
            fulfillmentID: String,
            shipmentID: String,
            carrier: String,
            trackingNumber: String,
            trackingURL: String? = nil,
            lines: [Line],
            reason: String? = nil
        ) {
            self.kind = kind
            self.channel = channel
            self.orderID = orderID
            self.fulfillmentID = fulfillmentID
            self.shipmentID = shipmentID
            self.carrier = carrier
            self.trackingNumber = trackingNumber
            self.trackingURL = trackingURL
            self.lines = lines
            self.reason = reason
        }

        package var type: EventType {
            switch kind {
            case .dispatched: .shipmentDispatched
            case .delivered: .shipmentDelivered
            case .failed: .shipmentFailed
            case .unexpected: .shipmentUnexpected
            }
        }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("fulfillmentId", fulfillmentID)
            json.member("shipmentId", shipmentID)
            json.member("carrier", carrier)
            json.member("trackingNumber", trackingNumber)
            json.member("trackingUrl", optional: trackingURL)
            json.lines(lines)
            json.member("reason", optional: reason)
            json.endObject()
        }
    }
}
