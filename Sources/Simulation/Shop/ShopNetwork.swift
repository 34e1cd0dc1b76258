package import Commerce

/// The network of the demo shop: a German shop and a British marketplace stand, twelve locations of every kind in nine towns' warehouses,
/// stores, logisticians' halls and suppliers' shelves. Companies are made up, towns and coordinates are real.
package enum ShopNetwork {
    package static let network = Network(
        sellers: [
            Seller(
                id: "hanse",
                name: "Hanse Handel GmbH",
                vatID: "DE123456789",
                street: "Am Sandtorkai 1",
                postalCode: "20457",
                city: "Hamburg",
                country: "DE",
                timeZone: "Europe/Berlin",
                email: "billing@hanse.example",
                phone: "+49 40 5550100",
                contact: "Accounts",
                iban: "DE02120300000000202051",
                invoicePrefix: "H-"
            ),
            Seller(
                id: "thames",
                name: "Thames Trading Ltd",
                vatID: "GB123456789",
                street: "4 Wharf Road",
                postalCode: "N1 7GR",
                city: "London",
                country: "GB",
                timeZone: "Europe/London",
                email: "accounts@thames.example",
                invoicePrefix: "T-"
            ),
        ],
        channels: [
            Channel(
                id: "shop-de",
                seller: "hanse",
                currency: "EUR",
                locale: "de-DE",
                timeZone: "Europe/Berlin",
                senderEmail: "shop@hanse.example"
            ),
            Channel(
                id: "market-uk",
                seller: "thames",
                currency: "GBP",
                locale: "en-GB",
                timeZone: "Europe/London",
                senderEmail: "orders@thames.example"
            ),
        ],
        suppliers: [
            Supplier(id: "lager-nl", name: "Lager Logistics B.V.", priority: 20, feedIntervalMinutes: 60),
            Supplier(id: "atelier-lyon", name: "Atelier de Lyon SARL", priority: 30, feedIntervalMinutes: 60),
            Supplier(id: "luce-milano", name: "Luce di Milano S.r.l.", priority: 30, feedIntervalMinutes: 60),
            Supplier(id: "casa-bcn", name: "Casa Barcelona S.L.", priority: 40, feedIntervalMinutes: 120),
        ],
        locations: [
            place("ber-1", .warehouse, "Berlin warehouse", "Großbeeren", "14979", "DE", "Europe/Berlin", 52.36, 13.31, 10, 450),
            place("due-1", .warehouse, "Duisburg warehouse", "Duisburg", "47059", "DE", "Europe/Berlin", 51.45, 6.73, 10, 470),
            place(
                "mks-1",
                .warehouse,
                "Milton Keynes warehouse",
                "Milton Keynes",
                "MK10 0BE",
                "GB",
                "Europe/London",
                52.04,
                -0.69,
                10,
                520
            ),
            place("wro-1", .warehouse, "Wrocław warehouse", "Wrocław", "54-610", "PL", "Europe/Warsaw", 51.11, 16.94, 30, 380),
            place(
                "ven-1",
                .thirdParty,
                "Lager Venlo",
                "Venlo",
                "5928",
                "NL",
                "Europe/Amsterdam",
                51.39,
                6.09,
                20,
                490,
                "lager-nl",
                queue: true
            ),
            place("lil-1", .thirdParty, "Lager Lille", "Lesquin", "59810", "FR", "Europe/Paris", 50.59, 3.11, 20, 560, "lager-nl"),
            place("ham-s", .store, "Store Hamburg", "Hamburg", "20354", "DE", "Europe/Berlin", 53.55, 9.99, 40, 590),
            place("muc-s", .store, "Store München", "München", "80331", "DE", "Europe/Berlin", 48.14, 11.57, 40, 590),
            place("man-s", .store, "Store Manchester", "Manchester", "M2 5DB", "GB", "Europe/London", 53.48, -2.24, 40, 610),
            place("lyo-d", .supplier, "Atelier de Lyon", "Lyon", "69002", "FR", "Europe/Paris", 45.76, 4.83, 60, 690, "atelier-lyon"),
            place("mil-d", .supplier, "Luce di Milano", "Milano", "20121", "IT", "Europe/Rome", 45.47, 9.19, 60, 720, "luce-milano"),
            place("bcn-d", .supplier, "Casa Barcelona", "Barcelona", "08002", "ES", "Europe/Madrid", 41.38, 2.18, 60, 760, "casa-bcn"),
        ]
    )

    private static func place(
        _ id: String,
        _ kind: Location.Kind,
        _ name: String,
        _ city: String,
        _ postalCode: String,
        _ country: String,
        _ timeZone: String,
        _ latitude: Double,
        _ longitude: Double,
        _ priority: Int64,
        _ parcelCost: Int64,
        _ supplier: String? = nil,
        queue: Bool = false
    ) -> Location {
        Location(
            id: id,
            supplier: supplier,
            kind: kind,
            name: name,
            postalCode: postalCode,
            city: city,
            country: country,
            timeZone: timeZone,
            coordinates: Coordinates(latitude: latitude, longitude: longitude),
            priority: priority,
            dailyCapacity: kind == .store ? 200 : 5_000,
            leadTimeHours: kind == .supplier ? 48 : 24,
            parcelCost: parcelCost,
            queue: queue
        )
    }
}
