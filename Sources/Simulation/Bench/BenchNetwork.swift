package import Commerce
internal import Messages

/// The network of the benchmark: one channel, three warehouses, no mails with invoices.
package enum BenchNetwork {
    package static let channel = "bench"
    /// Products of the mixed orders, unless they are told of more: `B-00001` to `B-05000`.
    package static let products = 5_000
    /// Products of a flash sale.
    package static let flashSKUs = (0..<10).map { "FLASH-\($0)" }
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

    /// A product of the mixed orders. Five digits, or as many as there are.
    static func sku(_ number: Int) -> String {
        let digits = String(number)
        return "B-" + String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
    }

    /// Full feeds that put `onHand` units of every product of the mixed orders into every location, in parts of 20,000 rows.
    ///
    /// - Parameter products: as many as the orders are drawn from.
    package static func ampleStock(
        products: Int = products,
        onHand: Int64 = 1_000_000,
        sequence: Int64 = 1,
        observedAt: Timestamp
    ) -> [ScriptMessage] {
        let items = (1...max(1, products)).map { StockReported.Item(sku: sku($0), onHand: onHand) }
        return locations.flatMap { location in
            parts(of: items, location: location, sequence: sequence, mode: .full, observedAt: observedAt)
        }
    }

    /// A partial feed of the products of a flash sale, in the first location.
    package static func flashStock(skus: [String], onHand: Int64, sequence: Int64, observedAt: Timestamp) -> [ScriptMessage] {
        let items = skus.map { StockReported.Item(sku: $0, onHand: onHand) }
        return parts(of: items, location: locations[0], sequence: sequence, mode: .partial, observedAt: observedAt)
    }

    /// A full feed of `rows` products `F-1000000` …, in parts of 20,000 rows (about 700 kB); the counts differ by `variant`.
    ///
    /// - Parameter leastOnHand: with 1, storefronts have something to hear of every product.
    package static func feed(
        location: String,
        rows: Int,
        sequence: Int64,
        variant: Int64 = 0,
        leastOnHand: Int64 = 0,
        observedAt: Timestamp
    ) -> [ScriptMessage] {
        let items = (0..<max(0, rows)).map { row in
            StockReported.Item(sku: "F-\(1_000_000 + row)", onHand: leastOnHand + (Int64(row) * 7 + variant) % 1_000)
        }
        return parts(of: items, location: location, sequence: sequence, mode: .full, observedAt: observedAt)
    }

    private static func parts(
        of items: [StockReported.Item],
        location: String,
        sequence: Int64,
        mode: StockReported.Mode,
        observedAt: Timestamp
    ) -> [ScriptMessage] {
        StockReported.parts(
            location: location,
            sequence: sequence,
            observedAt: observedAt,
            mode: mode,
            items: items,
            itemsPerPart: 20_000
        )
        .map { ScriptMessage($0, at: observedAt) }
    }
}
