internal import Commerce

/// A country of the file, with a made-up address in its capital (or, for the United Kingdom, one of its large towns).
struct RetailCountry: Sendable {
    var code: String
    var city: String
    var postalCode: String
    var coordinates: Coordinates

    private init(_ code: String, _ city: String, _ postalCode: String, _ latitude: Double, _ longitude: Double) {
        (self.code, self.city, self.postalCode) = (code, city, postalCode)
        coordinates = Coordinates(latitude: latitude, longitude: longitude)
    }

    /// The place for a name of the file; towns of the United Kingdom are spread by `hash`. A name that is not known, and "Unspecified",
    /// count as the United Kingdom, where nine of ten orders come from; "European Community" counts as Belgium.
    static func named(_ name: String, hash: UInt64) -> RetailCountry {
        abroad[name] ?? towns[Int(hash % UInt64(towns.count))]
    }

    private static let abroad: [String: RetailCountry] = [
        "Australia": .init("AU", "Canberra", "2600", -35.28, 149.13),
        "Austria": .init("AT", "Wien", "1010", 48.21, 16.37),
        "Bahrain": .init("BH", "Manama", "317", 26.23, 50.58),
        "Belgium": .init("BE", "Bruxelles", "1000", 50.85, 4.35),
        "Brazil": .init("BR", "Brasília", "70040", -15.79, -47.88),
        "Canada": .init("CA", "Ottawa", "K1P 1J1", 45.42, -75.70),
        "Channel Islands": .init("JE", "Saint Helier", "JE2 3AB", 49.19, -2.11),
        "Cyprus": .init("CY", "Nicosia", "1010", 35.17, 33.36),
        "Czech Republic": .init("CZ", "Praha", "110 00", 50.09, 14.42),
        "Denmark": .init("DK", "København", "1050", 55.68, 12.57),
        "EIRE": .init("IE", "Dublin", "D02 X285", 53.35, -6.26),
        "European Community": .init("BE", "Bruxelles", "1040", 50.84, 4.38),
        "Finland": .init("FI", "Helsinki", "00100", 60.17, 24.94),
        "France": .init("FR", "Paris", "75001", 48.86, 2.34),
        "Germany": .init("DE", "Berlin", "10115", 52.53, 13.38),
        "Greece": .init("GR", "Athina", "105 57", 37.98, 23.73),
        "Hong Kong": .init("HK", "Hong Kong", "999077", 22.28, 114.16),
        "Iceland": .init("IS", "Reykjavík", "101", 64.15, -21.94),
        "Israel": .init("IL", "Jerusalem", "9414101", 31.78, 35.22),
        "Italy": .init("IT", "Roma", "00184", 41.90, 12.49),
        "Japan": .init("JP", "Tokyo", "100-0001", 35.68, 139.75),
        "Lebanon": .init("LB", "Beirut", "1107", 33.89, 35.50),
        "Lithuania": .init("LT", "Vilnius", "01100", 54.69, 25.28),
        "Malta": .init("MT", "Valletta", "VLT 1117", 35.90, 14.51),
        "Netherlands": .init("NL", "Amsterdam", "1012 JS", 52.37, 4.89),
        "Norway": .init("NO", "Oslo", "0151", 59.91, 10.75),
        "Poland": .init("PL", "Warszawa", "00-001", 52.23, 21.01),
        "Portugal": .init("PT", "Lisboa", "1100-148", 38.71, -9.14),
        "RSA": .init("ZA", "Pretoria", "0002", -25.75, 28.19),
        "Saudi Arabia": .init("SA", "Riyadh", "12211", 24.69, 46.72),
        "Singapore": .init("SG", "Singapore", "018956", 1.28, 103.86),
        "Spain": .init("ES", "Madrid", "28001", 40.42, -3.69),
        "Sweden": .init("SE", "Stockholm", "111 20", 59.33, 18.06),
        "Switzerland": .init("CH", "Bern", "3011", 46.95, 7.45),
        "USA": .init("US", "Washington", "20001", 38.91, -77.02),
        "United Arab Emirates": .init("AE", "Abu Dhabi", "00000", 24.45, 54.38),
    ]

    private static let towns: [RetailCountry] = [
        .init("GB", "London", "EC1A 1BB", 51.52, -0.10), .init("GB", "Birmingham", "B1 1BB", 52.48, -1.90),
        .init("GB", "Leeds", "LS1 4DY", 53.80, -1.55), .init("GB", "Glasgow", "G1 1XQ", 55.86, -4.25),
        .init("GB", "Sheffield", "S1 2HH", 53.38, -1.47), .init("GB", "Manchester", "M1 1AE", 53.48, -2.24),
        .init("GB", "Edinburgh", "EH1 1YZ", 55.95, -3.19), .init("GB", "Liverpool", "L1 8JQ", 53.41, -2.99),
        .init("GB", "Bristol", "BS1 4ST", 51.45, -2.59), .init("GB", "Cardiff", "CF10 1EP", 51.48, -3.18),
        .init("GB", "Belfast", "BT1 5GS", 54.60, -5.93), .init("GB", "Newcastle upon Tyne", "NE1 7RU", 54.97, -1.61),
        .init("GB", "Nottingham", "NG1 5DT", 52.95, -1.15), .init("GB", "Plymouth", "PL1 2AA", 50.37, -4.14),
        .init("GB", "Norwich", "NR2 1NH", 52.63, 1.30), .init("GB", "Oxford", "OX1 1BX", 51.75, -1.26),
    ]
}
