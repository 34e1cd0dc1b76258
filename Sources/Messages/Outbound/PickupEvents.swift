package import Commerce

extension Event {
    /// `pickup.ready`, `.collected`, `.expired`: where goods of an order that is collected stand at its store.
    package struct Pickup: OrderEventData {
        package enum Kind: Hashable, Sendable {
            /// They lie ready, and are kept until then.
            case ready(pickupID: String, keepUntil: Timestamp)
            /// The customer has them.
            case collected(pickupID: String)
            /// The customer did not come: they are cancelled.
            case expired
        }

        package var kind: Kind
        package var channel: String
        package var orderID: String
        package var version: Int64
        /// The store.
        package var location: String
        package var lines: [Line]

        package init(kind: Kind, channel: String, orderID: String, version: Int64, location: String, lines: [Line]) {
            self.kind = kind
            self.channel = channel
            self.orderID = orderID
            self.version = version
            self.location = location
            self.lines = lines
        }

        package var type: EventType {
            switch kind {
            case .ready: .pickupReady
            case .collected: .pickupCollected
            case .expired: .pickupExpired
            }
        }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("version", version)
            if case .ready(let id, _) = kind { json.member("pickupId", id) }
            if case .collected(let id) = kind { json.member("pickupId", id) }
            json.member("location", location)
            if case .ready(_, let keepUntil) = kind { json.member("keepUntil", keepUntil) }
            json.lines(lines)
            json.endObject()
        }
    }

    /// `transfer.dispatched`, `.arrived`: a parcel on its way to the store where the customer collects the order.
    package struct Transfer: OrderEventData {
        package enum Kind: String, Sendable, CaseIterable {
            case dispatched, arrived
        }

        package var kind: Kind
        package var channel: String
        package var orderID: String
        package var fulfillmentID: String
        package var shipmentID: String
        /// The store.
        package var location: String
        package var carrier: String
        package var trackingNumber: String
        package var trackingURL: String?
        package var lines: [Line]

        package init(
            kind: Kind,
            channel: String,
            orderID: String,
            fulfillmentID: String,
            shipmentID: String,
            location: String,
            carrier: String,
            trackingNumber: String,
            trackingURL: String? = nil,
            lines: [Line]
        ) {
            self.kind = kind
            self.channel = channel
            self.orderID = orderID
            self.fulfillmentID = fulfillmentID
            self.shipmentID = shipmentID
            self.location = location
            self.carrier = carrier
            self.trackingNumber = trackingNumber
            self.trackingURL = trackingURL
            self.lines = lines
        }

        package var type: EventType { kind == .dispatched ? .transferDispatched : .transferArrived }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("fulfillmentId", fulfillmentID)
            json.member("shipmentId", shipmentID)
            json.member("location", location)
            json.member("carrier", carrier)
            json.member("trackingNumber", trackingNumber)
            json.member("trackingUrl", optional: trackingURL)
            json.lines(lines)
            json.endObject()
        }
    }
}
