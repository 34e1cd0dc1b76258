package import Commerce

/// The made-up network of a replay: the file knows of one shop in the United Kingdom and of no stock at all.
///
/// Where a product lies follows from a hash of its stock code. All but 1.5 % lie in the main warehouse (every tenth of these in the
/// northern one too, in small part); with the file's 27 lines per basket that lets roughly a quarter of the orders be split.
package enum ReplayNetwork {
    package static let channel = "online-retail"

    /// - Parameter invoiceMail: `none` by default: 20,000 mails with rendered invoices would measure the renderer only.
    package static func network(invoiceMail: Channel.InvoiceMail = .none) -> Network {
        Network(
            sellers: [
                Seller(
                    id: "online-retail",
                    name: "Online Retail Ltd",
                    vatID: "GB123456789",
                    street: "1 Warehouse Way",
                    postalCode: "NN4 7YB",
                    city: "Northampton",
                    country: "GB",
                    timeZone: "Europe/London",
                    email: "accounts@online-retail.example",
                    invoicePrefix: "OR"
                )
            ],
            channels: [
                Channel(
                    id: channel,
                    seller: "online-retail",
                    currency: "GBP",
                    locale: "en-GB",
                    timeZone: "Europe/London",
                    invoiceMail: invoiceMail,
                    senderEmail: "shop@online-retail.example"
                )
            ],
            suppliers: [Supplier(id: "crafts", name: "Crafts & Candles Ltd", priority: 50)],
            locations: [
                location("uk-main", .warehouse, "Northampton warehouse", "Northampton", "NN4 7YB", 52.23, -0.90, priority: 10),
                location("uk-north", .warehouse, "Leeds warehouse", "Leeds", "LS10 1DS", 53.78, -1.53, priority: 20),
                location("uk-store", .store, "London store", "London", "N1 9GU", 51.53, -0.12, priority: 30),
                location("crafts-1", .supplier, "Crafts & Candles, Bristol", "Bristol", "BS2 0BY", 51.45, -2.57, priority: 40, "crafts"),
            ]
        )
    }

    private static func location(
        _ id: String,
        _ kind: Location.Kind,
        _ name: String,
        _ city: String,
        _ postalCode: String,
        _ latitude: Double,
        _ longitude: Double,
        priority: Int64,
        _ supplier: String? = nil
    ) -> Location {
        Location(
            id: id,
            supplier: supplier,
            kind: kind,
            name: name,
            postalCode: postalCode,
            city: city,
            country: "GB",
            timeZone: "Europe/London",
            coordinates: Coordinates(latitude: latitude, longitude: longitude),
            priority: priority
        )
    }

    /// Where a product lies first; write-offs and finds happen there.
    static func home(_ code: String) -> String {
        switch StableHash.of(code) % 1_000 {
        case 985...991: "uk-north"
        case 992...995: "crafts-1"
        case 996...999: "uk-store"
        default: "uk-main"
        }
    }

    /// Whether a product of the main warehouse lies in the northern one too.
    static func isShared(_ code: String) -> Bool { home(code) == "uk-main" && StableHash.of("shared " + code) % 10 == 0 }
}
