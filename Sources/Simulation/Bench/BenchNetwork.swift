package import Commerce
internal import Messages

/// The network of the benchmark: one channel, three warehouses, no mails with invoices.
package enum BenchNetwork {
    package static let channel = "bench"
    /// Products of the mixed orders: `B-00001` to `B-05000`.
    package static let products = 5_000
    package static let locations = ["bench-n", "bench-w", "bench-s"]

    package static let network = Network(
        sellers: [
            Seller(
                id: "bench",
                name: "Bench GmbH",
                vatID: "DE123456789",
                street: "Messweg 1",
                postalCode: "10115",
                city: "Berlin",
                country: "DE",
                timeZone: "Europe/Berlin",
                invoicePrefix: "BENCH"
            )
        ],
        channels: [
            Channel(
                id: channel,
                seller: "bench",
                currency: "EUR",
                locale: "de-DE",
                timeZone: "Europe/Berlin",
                invoiceMail: .none,
                senderEmail: "bench@example.com"
            )
        ],
        suppliers: [],
        locations: [
            location("bench-n", "Hamburg", 53.55, 9.99),
            location("bench-w", "Köln", 50.94, 6.96),
            location("bench-s", "München", 48.14, 11.57),
        ]
    )

    private static func location(_ id: String, _ city: String, _ latitude: Double, _ longitude: Double) -> Location {
        Location(
            id: id,
            kind: .warehouse,
            name: "Warehouse \(city)",
            city: city,
            country: "DE",
            timeZone: "Europe/Berlin",
            coordinates: Coordinates(latitude: latitude, longitude: longitude)
        )
    }

    static func sku(_ number: Int) -> String {
        let digits = String(number)
        return "B-" + String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
    }

    /// Full feeds that put `onHand` units of every product of the mixed orders into every location.
    package static func ampleStock(onHand: Int64 = 1_000_000, sequence: Int64 = 1, observedAt: Timestamp) -> [ScriptMessage] {
        let items = (1...products).map { StockReported.Item(sku: sku($0), onHand: onHand) }
        return locations.map { location in
            let report = StockReported(location: location, sequence: sequence, observedAt: observedAt, mode: .full, items: items)
            return ScriptMessage(report, at: observedAt)
        }
    }

    /// A partial feed of the one product of a flash sale, in the first location.
    package static func flashStock(sku: String, onHand: Int64, sequence: Int64, observedAt: Timestamp) -> ScriptMessage {
        let item = StockReported.Item(sku: sku, onHand: onHand)
        let report = StockReported(location: locations[0], sequence: sequence, observedAt: observedAt, mode: .partial, items: [item])
        return ScriptMessage(report, at: observedAt)
    }

    /// A full feed of `rows` products `F-0000001` …, in parts of 20,000 rows (about 700 kB); the counts differ by `variant`.
    package static func feed(location: String, rows: Int, sequence: Int64, variant: Int64 = 0, observedAt: Timestamp) -> [ScriptMessage] {
        let items = (0..<max(0, rows)).map { row in
            StockReported.Item(sku: "F-\(1_000_000 + row)", onHand: (Int64(row) * 7 + variant) % 1_000)
        }
        return StockReported.parts(
            location: location,
            sequence: sequence,
            observedAt: observedAt,
            mode: .full,
            items: items,
            itemsPerPart: 20_000
        )
        .map { ScriptMessage($0, at: observedAt) }
    }
}
