import Commerce

/// The network most tests trade in.
enum ShopNetwork {
    static let standard = Commerce.Network(
        sellers: [
            seller("main", prefix: "R", email: nil),
            seller("mailer", prefix: "M-", email: "billing@example.com"),
        ],
        channels: [
            // Without a sender's address nobody gets mail: most tests are not about mails.
            Channel(id: "shop", seller: "main", currency: "EUR", locale: "de-DE", timeZone: "Europe/Berlin", invoiceMail: .none),
            Channel(id: "other", seller: "main", currency: "EUR", invoiceMail: .none),
            Channel(id: "paperless", seller: "main", currency: "EUR", invoice: .none, invoiceMail: .none),
            Channel(id: "tokyo", seller: "main", currency: "JPY", timeZone: "Asia/Tokyo", invoiceMail: .none),
            Channel(id: "mails", seller: "mailer", currency: "EUR", locale: "de-DE", invoiceMail: .attach, senderEmail: "shop@example.com"),
            Channel(id: "mails-only", seller: "mailer", currency: "EUR", locale: "en", invoiceMail: .none, senderEmail: "shop@example.com"),
        ],
        suppliers: [Supplier(id: "acme", name: "Acme")],
        locations: [
            location("ber", priority: 10, Coordinates(latitude: 52.53, longitude: 13.38)),
            location("ham", priority: 20, Coordinates(latitude: 53.55, longitude: 9.99)),
            location("muc", priority: 30, Coordinates(latitude: 48.14, longitude: 11.58)),
        ]
    )

    private static func seller(_ id: String, prefix: String, email: String?) -> Seller {
        Seller(
            id: id,
            name: "Example GmbH",
            vatID: "DE123456789",
            street: "Kai 1",
            postalCode: "20457",
            city: "Hamburg",
            country: "DE",
            timeZone: "Europe/Berlin",
            email: email,
            invoicePrefix: prefix
        )
    }

    private static func location(_ id: String, priority: Int64, _ coordinates: Coordinates) -> Location {
        Location(
            id: id,
            supplier: "acme",
            name: id,
            postalCode: "10115",
            city: "Stadt",
            country: "DE",
            timeZone: "Europe/Berlin",
            coordinates: coordinates,
            priority: priority
        )
    }
}
