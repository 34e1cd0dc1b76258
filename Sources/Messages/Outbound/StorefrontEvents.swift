extension Event {
    /// What one channel can sell of a SKU.
    package struct ChannelPart: Hashable, Sendable {
        package var channel: String
        package var available: Int64

        package init(channel: String, available: Int64) {
            self.channel = channel
            self.available = available
        }

        func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("channel", channel)
            json.member("available", available)
            json.endObject()
        }
    }

    /// `stock.back_in_stock` and `stock.low`: a SKU crossed a line that people want to hear of. Told once per crossing.
    package struct StockCrossing: EventData {
        package enum Kind: Hashable, Sendable {
            /// From nothing to something.
            case backInStock
            /// Fell to the threshold, or below it.
            case low(threshold: Int64)
        }

        package var kind: Kind
        package var sku: String
        /// Over all locations.
        package var available: Int64
        package var channels: [ChannelPart]

        package init(kind: Kind, sku: String, available: Int64, channels: [ChannelPart]) {
            self.kind = kind
            self.sku = sku
            self.available = available
            self.channels = channels
        }

        package var type: EventType { kind == .backInStock ? .stockBackInStock : .stockLow }
        package var subject: String { sku }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("sku", sku)
            json.member("available", available)
            if case .low(let threshold) = kind { json.member("threshold", threshold) }
            json.list("channels", channels) { json, part in part.write(to: &json) }
            json.endObject()
        }
    }
}
