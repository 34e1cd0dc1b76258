extension Event {
    /// `stock.changed` and `stock.shortfall`: what can be sold of one SKU.
    package struct Stock: EventData {
        package enum Kind: String, Sendable, CaseIterable {
            case changed
            /// There is less than is reserved or blocked.
            case shortfall
        }

        /// One location's part.
        package struct Place: Hashable, Sendable {
            package var location: String
            /// Below 0 where more is reserved or blocked than there is.
            package var available: Int64

            package init(location: String, available: Int64) {
                self.location = location
                self.available = available
            }
        }

        package var kind: Kind
        package var sku: String
        /// Over all locations.
        package var available: Int64
        package var locations: [Place]
        /// What each channel can sell; told by `changed`.
        package var channels: [ChannelPart]

        package init(kind: Kind, sku: String, available: Int64, channels: [ChannelPart] = [], locations: [Place]) {
            self.kind = kind
            self.sku = sku
            self.available = available
            self.channels = channels
            self.locations = locations
        }

        package var type: EventType { kind == .changed ? .stockChanged : .stockShortfall }
        package var subject: String { sku }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("sku", sku)
            json.member("available", available)
            if kind == .changed { json.list("channels", channels) { json, part in part.write(to: &json) } }
            json.list("locations", locations) { json, place in
                json.beginObject()
                json.member("location", place.location)
                json.member("available", place.available)
                json.endObject()
            }
            json.endObject()
        }
    }

    /// `email.sent`: a mail was handed over. The address itself is not told.
    package struct EmailSent: OrderEventData {
        package var channel: String
        package var orderID: String
        package var template: String
        package var recipientHash: String

        /// - Parameter recipientHash: from `hash(recipient:)`.
        package init(channel: String, orderID: String, template: String, recipientHash: String) {
            self.channel = channel
            self.orderID = orderID
            self.template = template
            self.recipientHash = recipientHash
        }

        /// SHA-256 of an address, in hexadecimal digits.
        package static func hash(recipient: String) -> String { SHA256.hexDigest(Array(recipient.utf8)) }

        package var type: EventType { .emailSent }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("channel", channel)
            json.member("orderId", orderID)
            json.member("template", template)
            json.member("recipientHash", recipientHash)
            json.endObject()
        }
    }

    /// `message.rejected`: a message lies at the dead-letter desk.
    package struct MessageRejected: EventData {
        /// The refused message's type; any text, as its sender wrote it.
        package var rejectedType: String
        package var refusal: MessageRefusal
        /// Whenever the message had one.
        package var messageID: String?
        package var channel: String?
        package var orderID: String?

        package init(
            rejectedType: String,
            refusal: MessageRefusal,
            messageID: String?,
            channel: String? = nil,
            orderID: String? = nil
        ) {
            self.rejectedType = rejectedType
            self.refusal = refusal
            self.messageID = messageID
            self.channel = channel
            self.orderID = orderID
        }

        package var type: EventType { .messageRejected }

        package var subject: String {
            if let channel, let orderID { return "\(channel)/\(orderID)" }
            if let messageID, !messageID.isEmpty { return messageID }
            return rejectedType.isEmpty ? "-" : rejectedType
        }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("type", rejectedType)
            json.member("code", refusal.code.rawValue)
            json.member("path", optional: refusal.path)
            json.member("message", refusal.message)
            json.member("messageId", optional: messageID)
            json.member("channel", optional: channel)
            json.member("orderId", optional: orderID)
            json.endObject()
        }
    }
}
