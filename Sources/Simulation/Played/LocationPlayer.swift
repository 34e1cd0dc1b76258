package import Commerce
package import Messages

/// Plays a location: what it answers when it is asked to ship a parcel.
///
/// Everything follows from the fulfillment's id, so no state is kept and the answer to a repeated request is the same.
package struct LocationPlayer: Sendable {
    /// The share of requests of more than one unit that leave in two shipments. Made up.
    package var splitShare: Double
    /// Simulated seconds from dispatch to delivery: one to three days. Made up.
    package var secondsToDelivery: ClosedRange<Int64>

    package init(splitShare: Double = 0.1, secondsToDelivery: ClosedRange<Int64> = 86_400...259_200) {
        self.splitShare = splitShare
        self.secondsToDelivery = secondsToDelivery
    }

    /// What one shipment says; `delivered` is to be sent after `dispatched` was handled.
    package struct Shipment: Hashable, Sendable {
        package var shipmentID: String
        package var dispatched: ScriptMessage
        package var delivered: ScriptMessage
    }

    /// The shipments of a request that leave at `time`; together they hold exactly the requested units, a line of no units aside.
    package func shipments(of fulfillmentID: String, _ lines: [LineQuantity], at time: Timestamp) -> [Shipment] {
        var random = SplitMix64(seed: StableHash.of(fulfillmentID))
        let carrier = random.pick(Self.carriers)
        let units = lines.reduce(0) { $0 + max(0, $1.quantity) }
        guard units > 0 else { return [] }
        let isSplit = units > 1 && random.chance(splitShare)
        let firstUnits = isSplit ? 1 + Int64(random.below(Int(min(units, 1_000_000_000)) - 1)) : units
        var parts: [[LineQuantity]] = [[], []]
        var left = firstUnits
        for line in lines where line.quantity > 0 {
            let first = min(left, line.quantity)
            left -= first
            if first > 0 { parts[0].append(LineQuantity(lineID: line.lineID, quantity: first)) }
            if line.quantity > first { parts[1].append(LineQuantity(lineID: line.lineID, quantity: line.quantity - first)) }
        }
        return parts.filter { !$0.isEmpty }.enumerated().map { index, part in
            shipment("\(index + 1)", of: fulfillmentID, part, carrier, at: time.adding(seconds: Int64(index) * 3_600), &random)
        }
    }

    private func shipment(
        _ shipmentID: String,
        of fulfillmentID: String,
        _ lines: [LineQuantity],
        _ carrier: Carrier,
        at time: Timestamp,
        _ random: inout SplitMix64
    ) -> Shipment {
        let digits = String(random.next() % 1_000_000_000_000)
        let number = carrier.prefix + String(repeating: "0", count: 12 - digits.utf8.count) + digits
        let span = Int(secondsToDelivery.upperBound - secondsToDelivery.lowerBound) + 1
        let delivery = time.adding(seconds: secondsToDelivery.lowerBound + Int64(random.below(span)))
        let dispatched = ShipmentDispatched(
            fulfillmentID: fulfillmentID,
            shipmentID: shipmentID,
            carrier: carrier.name,
            trackingNumber: number,
            trackingURL: "\(carrier.url)\(number)",
            lines: lines,
            occurredAt: time
        )
        let delivered = ShipmentEnded(outcome: .delivered, fulfillmentID: fulfillmentID, shipmentID: shipmentID, occurredAt: delivery)
        return Shipment(
            shipmentID: shipmentID,
            dispatched: ScriptMessage(dispatched, at: time),
            delivered: ScriptMessage(delivered, at: delivery)
        )
    }

    private typealias Carrier = (name: String, prefix: String, url: String)

    /// The names are real, the tracking pages are not: nobody's site is to be asked for made-up parcels.
    private static let carriers: [Carrier] = [
        ("DHL", "JJD", "https://tracking.example/dhl/"),
        ("DPD", "0523", "https://tracking.example/dpd/"),
        ("UPS", "1Z", "https://tracking.example/ups/"),
        ("GLS", "GLS", "https://tracking.example/gls/"),
    ]
}
