import Commerce
import Foundation
import Postgres
import TestSupport
import Testing
import Workers

/// Where an order without coordinates lies.
@Suite(.timeLimit(.minutes(15)))
struct PostalCodeTests {
    private static func line(_ country: String, _ code: String, _ name: String, _ latitude: String, _ longitude: String) -> String {
        "\(country)\t\(code)\t\(name)\t\t\t\t\t\t\t\(latitude)\t\(longitude)\t4"
    }

    private static let hamburg = line("DE", "20095", "Hamburg", "53.5534", "9.9918")
    private static let munich = line("DE", "80331", "München", "48.1345", "11.5710")
    private static let london = line("GB", "SW1A", "London", "51.5016", "-0.1416")

    /// Imports a file of this text.
    private func importing(_ shop: Shop, _ text: String, _ flags: [String] = []) async throws -> (status: Int32, output: String) {
        let file = NSTemporaryDirectory() + "oms-\(UUID().uuidString).txt"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return try await shop.oms(["geo", "import", file] + flags)
    }

    private func unplaced(_ id: String, code: String, country: String = "DE") -> JSON {
        var body = Order(id, of: "A").body
        body["shippingAddress"] = [
            "name": "Ada Lovelace", "street": "Weg 1", "postalCode": .string(code), "city": "Stadt", "country": .string(country),
        ]
        return body
    }

    @Test func an_order_without_coordinates_goes_to_the_near_location() async throws {
        var network = ShopNetwork.standard
        // Distance alone decides.
        for index in network.locations.indices { network.locations[index].priority = 10 }
        try await withShop(network: network) { shop in
            let (status, output) = try await importing(shop, [Self.hamburg, Self.munich, Self.london].joined(separator: "\n"))
            #expect(status == 0 && output.contains("DE") && output.contains("GB"), "\(output)")
            for location in ["ber", "ham", "muc"] { try await shop.stock(location, [("A", 10)]) }
            for (id, code, location) in [("1", "20095", "ham"), ("2", "D-80331", "muc"), ("3", " 80 331", "muc")] {
                try await shop.accepted("order.placed", unplaced(id, code: code))
                #expect(try await shop.sourced(Order(id, of: "A")).map(\.location) == [location], "\(code)")
            }
            try await shop.accepted("order.placed", unplaced("4", code: "SW1A 1AA", country: "GB"))
            #expect(try await shop.number("SELECT round(latitude * 1e4)::bigint FROM orders WHERE id = '4'") == 515_016)
            // Nothing is known of this code: the middle of the country.
            try await shop.accepted("order.placed", unplaced("5", code: "99999"))
            #expect(try await shop.number("SELECT round(latitude * 1e4)::bigint FROM orders WHERE id = '5'") == 510_000)
            // Whoever gives coordinates is believed.
            try await shop.place(Order("6", of: "A"))
            #expect(try await shop.number("SELECT round(latitude * 1e4)::bigint FROM orders WHERE id = '6'") == 535_500)
        }
    }

    @Test func a_file_replaces_its_countries_and_leaves_the_others() async throws {
        try await withShop([]) { shop in
            #expect(try await importing(shop, [Self.hamburg, Self.munich, Self.london].joined(separator: "\r\n") + "\r\n").status == 0)
            let moved = Self.line("DE", "80331", "München", "48.2", "11.6")
            let added = Self.line("DE", "10115", "Berlin", "52.5323", "13.3846")
            let again = try await importing(shop, moved + "\n" + added)
            #expect(again.status == 0)
            // Two places: one new, one moved, one gone.
            let german = again.output.split(separator: "\n").first { $0.hasPrefix("DE") }
            #expect(german?.split(separator: " ").map(String.init) == ["DE", "2", "2", "1", "1", "1"], "\(again.output)")
            let rows = try await shop.query("SELECT country || code FROM postal_code ORDER BY 1")
            #expect(try rows.map { try $0.text(0) } == ["DE10115", "DE80331", "GBSW1A"])
        }
    }

    @Test func of_several_places_with_one_code_the_median_counts() async throws {
        try await withShop([]) { shop in
            let stray = Self.line("DE", "20095", "Postfach", "48.0", "8.0")
            let near = Self.line("DE", "20095", "Hamburg-Altstadt", "53.5500", "9.9950")
            let (status, output) = try await importing(shop, [stray, Self.hamburg, near].joined(separator: "\n"))
            #expect(status == 0, "\(output)")
            #expect(try await shop.number("SELECT round(latitude * 1e4)::bigint FROM postal_code") == 535_500)
        }
    }

    @Test func a_file_with_a_bad_line_changes_nothing_and_names_the_line() async throws {
        try await withShop([]) { shop in
            #expect(try await importing(shop, Self.hamburg).status == 0)
            let nowhere = Self.line("DE", "11111", "Irgendwo", "", "")
            let bad = [Self.munich, "DE\t80331", nowhere, Self.line("DE", "2", "x", "400", "1")].joined(separator: "\n")
            let refused = try await importing(shop, bad)
            #expect(refused.status == 1)
            #expect(refused.output.contains("line 2: 2 columns instead of 12"), "\(refused.output)")
            #expect(refused.output.contains("line 4: no latitude and longitude"), "\(refused.output)")
            #expect(try await shop.number("SELECT count(*) FROM postal_code WHERE code = '20095'") == 1, "nothing was changed")
            let skipped = try await importing(shop, bad, ["--skip-bad"])
            #expect(skipped.status == 0 && skipped.output.contains("form: 2"), "\(skipped.output)")
            #expect(skipped.output.contains("coordinates: 1"), "\(skipped.output)")
            #expect(try await shop.number("SELECT count(*) FROM postal_code WHERE code = '80331'") == 1)
            #expect(try await importing(shop, "").status == 1, "an empty file is a mistake")
            #expect(try await shop.oms(["geo", "import", "/no/such/file"]).status == 2)
            let damaged = NSTemporaryDirectory() + "oms-\(UUID().uuidString).txt.xz"
            defer { try? FileManager.default.removeItem(atPath: damaged) }
            try Self.london.write(toFile: damaged, atomically: true, encoding: .utf8)
            #expect(try await shop.oms(["geo", "import", damaged]).status == 1)
            #expect(try await shop.count("postal_code") == 1)
        }
    }

    @Test func the_real_file_is_read_whole() async throws {
        let named = ProcessInfo.processInfo.environment["OMS_POSTAL_FILE"]
        let beside = URL(filePath: ProjectRoot.path).appending(path: "../shared/data/geonames_postal.tsv.xz").standardized
        let candidates = [named, beside.path(percentEncoded: false)].compactMap { $0 }
        guard let path = candidates.first(where: { FileManager.default.isReadableFile(atPath: $0) }) else {
            Issue.record(
                "SKIPPED: geonames_postal.tsv.xz is neither named by OMS_POSTAL_FILE nor in ../shared/data; the real file was not read.",
                severity: .warning
            )
            return
        }
        try await withShop([]) { shop in
            let (status, output) = try await shop.oms(["geo", "import", path])
            #expect(status == 0, "\(output)")
            let rows = try await shop.query("SELECT count(*), count(DISTINCT country) FROM postal_code")
            let (codes, countries) = (try rows[0].int8(0), try rows[0].int8(1))
            #expect(codes > 90_000 && countries == 10, "\(codes) codes of \(countries) countries")
            // Hamburg's center, and Westminster by its outward code.
            let places = try await shop.query(
                "SELECT latitude, longitude FROM postal_code WHERE (country, code) IN (('DE', '20095'), ('GB', 'SW1A')) ORDER BY country"
            )
            let (hamburg, westminster) = (places[0], places[1])
            #expect(try abs(hamburg.double(0) - 53.55) < 0.1)
            #expect(try abs(hamburg.double(1) - 10.0) < 0.1)
            #expect(try abs(westminster.double(0) - 51.5) < 0.1)
            #expect(try abs(westminster.double(1) - -0.13) < 0.1)
            // Again: the same.
            let again = try await shop.oms(["geo", "import", path])
            #expect(again.status == 0)
            for line in again.output.split(separator: "\n").dropFirst() {
                #expect(line.split(separator: " ").suffix(3) == ["0", "0", "0"], "\(line)")
            }
        }
    }
}
