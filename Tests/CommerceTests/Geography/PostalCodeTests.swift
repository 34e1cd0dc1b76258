import Commerce
import Testing

struct PostalCodeTests {
    @Test(
        arguments: [
            ("20095", "DE", ["20095"]),
            (" 20 095", "DE", ["20095"]),
            ("D-20095", "DE", ["D20095", "20095"]),
            ("DE-20095", "DE", ["20095"]),
            ("A-1010", "AT", ["A1010", "1010"]),
            ("LV-1010", "LV", ["1010"]),
            ("sw1a 1aa", "GB", ["SW1A1AA", "SW1A", "SW1"]),
            ("M1 1AE", "GB", ["M11AE", "M1"]),
            ("BN91", "GB", ["BN91"]),
            ("B33 8TH", "GB", ["B338TH", "B33"]),
            ("D02 AF30", "IE", ["D02AF30", "D02"]),
            ("1011 AB", "NL", ["1011AB", "1011"]),
            ("10001-1234", "US", ["100011234", "10001"]),
            ("69945-123", "BR", ["69945123", "69945000"]),
            ("K1A 0B1", "CA", ["K1A0B1", "K1A"]),
            ("75231 CEDEX 05", "FR", ["75231"]),
            ("１００-０００１", "JP", ["1000001"]),
            ("", "HK", []),
            ("—", "DE", []),
        ] as [(String, String, [String])]
    )
    func is_looked_for_from_the_exact_code_to_the_area(text: String, country: String, codes: [String]) {
        #expect(PostalCode.candidates(text, country: country) == codes.map { PostalCode(country: country, code: $0) })
    }

    @Test func a_crown_dependency_is_found_in_the_british_list() {
        #expect(
            PostalCode.candidates("JE2 3AB", country: "JE").map { "\($0.country) \($0.code)" } == [
                "JE JE23AB", "GB JE23AB", "JE JE2", "GB JE2",
            ]
        )
    }

    @Test func a_line_of_geonames_is_read() throws {
        let place = try GeoNamesPlace(line: Array("GB\tJE3\tSt Brelades\t\t\tJersey\t\t\t\t49.2158\t-2.1414\t".utf8))
        #expect(place.postalCode == PostalCode(country: "GB", code: "JE3"))
        #expect(place.coordinates == Coordinates(latitude: 49.2158, longitude: -2.1414))
    }

    @Test(
        arguments: [
            ("DE\t20095\tHamburg", .columns(3)),
            ("Germany\t20095\tH\t\t\t\t\t\t\t53\t10\t", .country),
            ("DE\t \tH\t\t\t\t\t\t\t53\t10\t", .code),
            ("DE\t20095\tH\t\t\t\t\t\t\t\t\t", .noCoordinates),
            ("DE\t20095\tH\t\t\t\t\t\t\t53\t\t", .coordinates),
            ("DE\t20095\tH\t\t\t\t\t\t\t91\t10\t", .coordinates),
            ("DE\t20095\tH\t\t\t\t\t\t\tnan\t10\t", .coordinates),
        ] as [(String, GeoNamesPlace.Fault)]
    )
    func a_line_that_is_none_says_why(line: String, fault: GeoNamesPlace.Fault) {
        #expect(throws: fault) { try GeoNamesPlace(line: Array(line.utf8)) }
    }

    @Test func bytes_that_are_no_text_are_refused() {
        #expect(throws: GeoNamesPlace.Fault.encoding) {
            try GeoNamesPlace(line: Array("DE\t20095\t".utf8) + [0xC3, 0x28] + Array("\t\t\t\t\t\t\t53\t10\t".utf8))
        }
    }
}
