package import Commerce
package import Messages

/// The messages that the outside world sends in the demo's scenes.
package enum SceneMessages {
    /// An order for one lamp, sent to Dresden.
    package static func order(_ id: String, of sku: String, at time: Timestamp) -> OrderPlaced {
        OrderPlaced(
            order: PlacedOrder(
                channel: SceneNetwork.channel,
                orderID: id,
                placedAt: time,
                currency: "EUR",
                pricesIncludeTax: true,
                customer: Customer(id: "c-\(id)", name: "Jürgen Groß", email: "juergen.gross@example.com", locale: "de-DE"),
                shippingAddress: Address(
                    name: "Jürgen Groß",
                    street: "Königstraße 7",
                    postalCode: "01097",
                    city: "Dresden",
                    country: "DE",
                    coordinates: Coordinates(latitude: 51.06, longitude: 13.74)
                ),
                lines: [
                    OrderLine(
                        lineID: "1",
                        sku: sku,
                        name: "Leselampe",
                        quantity: 1,
                        unitPrice: 4_990,
                        taxRate: TaxRate(micros: 19_000_000)
                    )
                ],
                total: 4_990
            )
        )
    }

    /// What lies at a location, all of it.
    package static func feed(_ location: String, _ sequence: Int64, _ counts: [(sku: String, onHand: Int64)], at time: Timestamp)
        -> StockReported
    {
        StockReported(
            location: location,
            sequence: sequence,
            observedAt: time,
            mode: .full,
            items: counts.map { StockReported.Item(sku: $0.sku, onHand: $0.onHand) }
        )
    }

    package static func rejection(_ fulfillmentID: String, _ reason: FulfillmentRejected.Reason, at time: Timestamp) -> FulfillmentRejected
    {
        FulfillmentRejected(fulfillmentID: fulfillmentID, rejectionID: "no-1", reason: reason, occurredAt: time)
    }

    /// The whole parcel leaves.
    package static func dispatch(_ fulfillmentID: String, _ lines: [LineQuantity], at time: Timestamp) -> ShipmentDispatched {
        ShipmentDispatched(
            fulfillmentID: fulfillmentID,
            shipmentID: "1",
            carrier: "DHL",
            trackingNumber: "JJD0009\(fulfillmentID.dropFirst())",
            trackingURL: "https://tracking.example/dhl/JJD0009\(fulfillmentID.dropFirst())",
            lines: lines,
            occurredAt: time
        )
    }
}
