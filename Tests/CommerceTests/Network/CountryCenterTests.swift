import Testing

@testable import Commerce

struct CountryCenterTests {
    @Test func every_assigned_code_has_a_center_and_no_other() {
        let codes = Self.assigned.split(whereSeparator: \.isWhitespace).map(String.init)
        #expect(codes.count == 249)
        #expect(Set(codes) == Set(CountryCenter.centers.keys))
        #expect(codes.filter { CountryCenter.coordinates(of: $0) == nil } == [])
    }

    @Test func every_center_lies_on_the_earth() {
        for (country, center) in CountryCenter.centers {
            #expect((-90...90).contains(center.latitude), "\(country)")
            #expect((-180...180).contains(center.longitude), "\(country)")
        }
    }

    /// Boxes around countries in every quarter of the globe: a lost sign or swapped fields would leave them.
    @Test(arguments: [
        ("DE", 47.3...55.1, 5.9...15.0),
        ("AT", 46.4...49.0, 9.5...17.2),
        ("GB", 49.9...60.9, -8.2...1.8),
        ("IS", 63.4...66.6, -24.5 ... -13.5),
        ("ES", 36.0...43.8, -9.3...3.3),
        ("US", 24.5...49.4, -125.0 ... -66.9),
        ("BR", -33.8...5.3, -74.0 ... -34.8),
        ("CL", -56.0 ... -17.5, -75.7 ... -66.4),
        ("ZA", -34.9 ... -22.1, 16.4...32.9),
        ("AU", -43.7 ... -10.6, 113.1...153.7),
        ("NZ", -47.3 ... -34.3, 166.4...178.6),
        ("FJ", -19.2 ... -16.0, 177.0...180.0),
        ("JP", 30.9...45.6, 129.4...145.9),
        ("KW", 28.5...30.1, 46.5...48.5),
    ])
    func lies_inside_the_country(country: String, latitudes: ClosedRange<Double>, longitudes: ClosedRange<Double>) throws {
        let center = try #require(CountryCenter.coordinates(of: country))
        #expect(latitudes.contains(center.latitude))
        #expect(longitudes.contains(center.longitude))
    }

    /// The average of the postal codes GeoNames knows of the country, to a tenth of a degree. Not of Brazil and the
    /// United States, where most codes are near one coast: they are among the boxes above.
    @Test(arguments: [
        ("BE", 50.6, 4.6),
        ("DE", 51.1, 10.0),
        ("ES", 41.1, -4.9),
        ("FR", 47.0, 2.7),
        ("GB", 53.3, -2.2),
        ("IE", 53.1, -7.5),
        ("IT", 43.4, 11.7),
        ("NL", 52.2, 5.5),
    ])
    func is_within_two_degrees_of_where_the_postal_codes_are(country: String, latitude: Double, longitude: Double) throws {
        let center = try #require(CountryCenter.coordinates(of: country))
        #expect(abs(center.latitude - latitude) < 2)
        #expect(abs(center.longitude - longitude) < 2)
    }

    @Test(arguments: ["", "XX", "UK", "EU", "XK", "de", "DEU", "DE "])
    func an_unknown_code_has_none(code: String) {
        #expect(CountryCenter.coordinates(of: code) == nil)
    }

    private static let assigned = """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
        GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT
        JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY
        MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM
        PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ
        TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """
}
