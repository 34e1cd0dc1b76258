internal import Commerce

/// Where made-up customers live: real towns, with the postal code and coordinates of their center.
struct ShopTown: Sendable {
    var city: String
    var postalCode: String
    var country: String
    var coordinates: Coordinates

    private init(_ city: String, _ postalCode: String, _ country: String, _ latitude: Double, _ longitude: Double) {
        (self.city, self.postalCode, self.country) = (city, postalCode, country)
        coordinates = Coordinates(latitude: latitude, longitude: longitude)
    }

    static let german: [ShopTown] = [
        .init("Berlin", "10115", "DE", 52.53, 13.38), .init("Hamburg", "20095", "DE", 53.55, 10.00),
        .init("München", "80331", "DE", 48.14, 11.57),
        .init("Köln", "50667", "DE", 50.94, 6.96), .init("Frankfurt am Main", "60311", "DE", 50.11, 8.68),
        .init("Stuttgart", "70173", "DE", 48.78, 9.18), .init("Leipzig", "04109", "DE", 51.34, 12.37),
        .init("Bremen", "28195", "DE", 53.08, 8.81),
        .init("Dresden", "01067", "DE", 51.06, 13.72), .init("Nürnberg", "90402", "DE", 49.45, 11.08),
    ]

    static let british: [ShopTown] = [
        .init("London", "EC1A 1BB", "GB", 51.52, -0.10), .init("Birmingham", "B1 1BB", "GB", 52.48, -1.90),
        .init("Leeds", "LS1 4DY", "GB", 53.80, -1.55), .init("Glasgow", "G1 1XQ", "GB", 55.86, -4.25),
        .init("Manchester", "M1 1AE", "GB", 53.48, -2.24), .init("Bristol", "BS1 4ST", "GB", 51.45, -2.59),
        .init("Cardiff", "CF10 1EP", "GB", 51.48, -3.18), .init("Belfast", "BT1 5GS", "GB", 54.60, -5.93),
    ]

    /// Countries as they follow the home market in the real file, and Austria, Italy and Switzerland for a German shop.
    static let abroadFromGermany: [ShopTown] = [
        .init("Paris", "75001", "FR", 48.86, 2.34), .init("Bruxelles", "1000", "BE", 50.85, 4.35),
        .init("Amsterdam", "1012", "NL", 52.37, 4.89),
        .init("Wien", "1010", "AT", 48.21, 16.37), .init("Madrid", "28001", "ES", 40.42, -3.69),
        .init("Milano", "20121", "IT", 45.47, 9.19),
        .init("Zürich", "8001", "CH", 47.37, 8.54),
    ]

    static let abroadFromBritain: [ShopTown] = [
        .init("Dublin", "D02 X285", "IE", 53.35, -6.26), .init("Paris", "75001", "FR", 48.86, 2.34),
        .init("Berlin", "10115", "DE", 52.53, 13.38),
        .init("New York", "10001", "US", 40.75, -73.99), .init("Sydney", "2000", "AU", -33.87, 151.21),
    ]
}

/// Names of made-up customers, with the letters that break careless systems.
enum ShopNames {
    static let first = [
        "Ada", "Jörg", "Zoë", "Miloš", "Łucja", "Siân", "Anaïs", "Søren", "Fatıma", "Nguyễn", "Οδυσσέας", "Дмитрий", "محمد", "שרה", "美咲",
        "소라", "D’Arcy",
    ]
    static let last = [
        "Lovelace", "Müller-Lüdenscheidt", "O'Connor", "Čapek", "Wójcik", "Llewellyn", "Ó Briain", "Ångström", "Yıldız", "Văn",
        "Παπαδόπουλος", "Иванов",
        "الخوارزمي", "כהן", "山田", "김", "<Smith> & Sons",
    ]
}
