import Commerce
import Testing
import TradeNetwork

struct NetworkFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var yaml: String
        var code: NetworkFault.Code
        var line: Int
        var path: String
        var testDescription: String { "\(code.rawValue) in \(yaml.prefix(60))" }

        init(_ yaml: String, _ code: NetworkFault.Code, _ line: Int, _ path: String) {
            (self.yaml, self.code, self.line, self.path) = (yaml, code, line, path)
        }
    }

    static let seller = "id: s, name: S, street: Kai 1, postalCode: \"20457\", city: Hamburg, country: DE, invoicePrefix: R"
    static let head = "sellers:\n  - { \(seller) }\n"

    static func seller(_ field: String, instead: String) -> String {
        let fields = seller.split(separator: ", ").map { $0.hasPrefix(field + ":") ? instead : String($0) }
        return "sellers:\n  - { \(fields.filter { !$0.isEmpty }.joined(separator: ", ")) }"
    }

    static func location(_ more: String) -> String { "locations:\n  - { location: l, kind: store, name: L, country: DE, \(more) }" }

    @Test(arguments: [
        Case("", .invalidYAML, 1, ""),
        Case("# nothing\n", .invalidYAML, 1, ""),
        Case("sellers: [", .invalidYAML, 1, ""),
        Case("a: b\n---\nc: d", .invalidYAML, 2, ""),
        Case("- 1", .invalidField, 1, ""),
        Case("seller: []", .unknownKey, 1, ""),
        Case("rules: []\nrules: []", .duplicateKey, 1, ""),
        Case("rules: []\n\"rules\": []", .duplicateKey, 1, ""),
        Case("rules:\n  - { id: r, prefer: near }", .unknownKey, 2, "rules[0]"),
        Case("rules: {}", .invalidField, 1, "rules"),
        Case("sellers: x", .invalidField, 1, "sellers"),
        Case("sellers:", .invalidField, 1, "sellers"),
        Case("sellers:\n  - x", .invalidField, 2, "sellers[0]"),
        Case("sellers: &a []\nrules: *a", .invalidYAML, 1, ""),
        Case(seller("id", instead: "id: 7"), .invalidField, 2, "sellers[0].id"),
        Case(seller("id", instead: "id: \"a b\""), .invalidField, 2, "sellers[0].id"),
        Case(seller("id", instead: "id: \(String(repeating: "x", count: 65))"), .invalidField, 2, "sellers[0].id"),
        Case(seller("id", instead: ""), .missingKey, 2, "sellers[0].id"),
        Case(seller("name", instead: "name: [S]"), .invalidField, 2, "sellers[0].name"),
        Case(seller("name", instead: "name: \"a\\tb\""), .invalidField, 2, "sellers[0].name"),
        Case(seller("name", instead: "name: \"a\\0b\""), .invalidField, 2, "sellers[0].name"),
        Case(seller("name", instead: "name: \"\""), .invalidField, 2, "sellers[0].name"),
        Case(seller("name", instead: "name: "), .invalidField, 2, "sellers[0].name"),
        Case(seller("postalCode", instead: "postalCode: 01067"), .invalidField, 2, "sellers[0].postalCode"),
        Case(seller("country", instead: "country: NO"), .invalidField, 2, "sellers[0].country"),
        Case(seller("country", instead: "country: UK"), .invalidField, 2, "sellers[0].country"),
        Case(seller("country", instead: "country: de"), .invalidField, 2, "sellers[0].country"),
        Case(seller("country", instead: "country: DE, vatID: DE1"), .unknownKey, 2, "sellers[0]"),
        Case(seller("country", instead: "country: DE, timeZone: Europe/Hamburg"), .invalidField, 2, "sellers[0].timeZone"),
        Case(seller("country", instead: "country: DE, email: nobody"), .invalidField, 2, "sellers[0].email"),
        Case(seller("country", instead: "country: DE, iban: DE02120300000000202052"), .invalidField, 2, "sellers[0].iban"),
        Case(seller("country", instead: "country: DE, iban: DE02 1203"), .invalidField, 2, "sellers[0].iban"),
        Case(seller("invoicePrefix", instead: "invoicePrefix: R_1"), .invalidField, 2, "sellers[0].invoicePrefix"),
        Case(seller("invoicePrefix", instead: "invoicePrefix: ABCDEFGHIJKLMNOPQ"), .invalidField, 2, "sellers[0].invoicePrefix"),
        Case(head + "  - { \(seller) }", .duplicateID, 3, "sellers[1].id"),
        Case(
            head + "  - { id: t, name: T, street: x, postalCode: y, city: z, country: DE, invoicePrefix: R }",
            .duplicateInvoicePrefix,
            3,
            "sellers[1].invoicePrefix"
        ),
        Case("channels:\n  - { id: c, seller: s, currency: EUR }", .unknownSeller, 2, "channels[0].seller"),
        Case(head + "channels:\n  - { id: c, seller: s, currency: EURO }", .unknownCurrency, 4, "channels[0].currency"),
        Case(head + "channels:\n  - { id: c, seller: s, currency: EUR, locale: german }", .invalidField, 4, "channels[0].locale"),
        Case(head + "channels:\n  - { id: c, seller: s, currency: EUR, invoice: never }", .invalidField, 4, "channels[0].invoice"),
        Case(head + "channels:\n  - { id: c, seller: s, currency: EUR, invoiceMail: yes }", .invalidField, 4, "channels[0].invoiceMail"),
        Case("suppliers:\n  - { id: a, name: A, priority: -1 }", .invalidField, 2, "suppliers[0].priority"),
        Case("suppliers:\n  - { id: a, name: A, priority: \"1\" }", .invalidField, 2, "suppliers[0].priority"),
        Case("suppliers:\n  - { id: a, name: A, priority: 1.5 }", .invalidField, 2, "suppliers[0].priority"),
        Case("suppliers:\n  - { id: a, name: A, priority: 0x10 }", .invalidField, 2, "suppliers[0].priority"),
        Case("suppliers:\n  - { id: a, name: A, priority: 1:30 }", .invalidField, 2, "suppliers[0].priority"),
        Case("suppliers:\n  - { id: a, name: A, priority: 99999999999999999999 }", .invalidField, 2, "suppliers[0].priority"),
        Case("suppliers:\n  - { id: a, name: A, feedIntervalMinutes: 0 }", .invalidField, 2, "suppliers[0].feedIntervalMinutes"),
        Case(location("supplier: nobody"), .unknownSupplier, 2, "locations[0].supplier"),
        Case(location("latitude: 91, longitude: 0"), .invalidField, 2, "locations[0].latitude"),
        Case(location("latitude: .nan, longitude: 0"), .invalidField, 2, "locations[0].latitude"),
        Case(location("latitude: 1e1, longitude: 0"), .invalidField, 2, "locations[0].latitude"),
        Case(location("latitude: 1"), .missingKey, 2, "locations[0].latitude"),
        Case(location("queue: yes"), .invalidField, 2, "locations[0].queue"),
        Case(location("queue: \"true\""), .invalidField, 2, "locations[0].queue"),
        Case(location("active: 1"), .invalidField, 2, "locations[0].active"),
        Case(location("leadTimeHours: 9000"), .invalidField, 2, "locations[0].leadTimeHours"),
        Case(location("parcelCost: -1"), .invalidField, 2, "locations[0].parcelCost"),
        Case("locations:\n  - { location: l, kind: shop, name: L, country: DE }", .invalidField, 2, "locations[0].kind"),
        Case("locations:\n  - { location: l, kind: store, name: L, country: DE, <<: { queue: true } }", .unknownKey, 2, "locations[0]"),
        Case("locations:\n  - { location: l, kind: store, name: L, country: DE, ? [x] : 1 }", .unknownKey, 2, "locations[0]"),
    ])
    func each_fault_is_told_once_with_its_place(_ fault: Case) throws {
        try Self.expectOnly(fault)
    }

    /// The file has this fault and no other.
    static func expectOnly(_ fault: Case, known: NetworkFile.Known = NetworkFile.Known()) throws {
        let error = try #require(throws: NetworkFileError.self) { try NetworkFile.read(fault.yaml, known: known) }
        let found = try #require(error.faults.first)
        #expect(error.faults.count == 1, "\(error)")
        #expect(found.code == fault.code, "\(error)")
        #expect(found.line == fault.line, "\(error)")
        #expect(found.column >= 1)
        #expect(found.path == fault.path, "\(error)")
        #expect(found.reason.hasSuffix("."))
    }

    @Test func all_faults_are_found_at_once_in_the_order_of_the_file() throws {
        let yaml = """
            locations:
              - location: "a b"
                kind: shop
                country: DE
            channels:
              - { id: c, seller: s, currency: XXX }
            """
        let error = try #require(throws: NetworkFileError.self) { try NetworkFile.read(yaml) }
        #expect(error.faults.map(\.code) == [.missingKey, .invalidField, .invalidField, .unknownCurrency])
        #expect(error.faults.map(\.line) == [2, 2, 3, 6])
        #expect(error.description.split(separator: "\n").count == 4)
        #expect(error.description.contains("line 3, column 11, locations[0].kind: \"shop\" is none of"))
    }

    @Test func a_known_seller_keeps_its_prefix_unless_the_file_gives_it_another() throws {
        let known = NetworkFile.Known(sellers: ["other"], invoicePrefixes: ["R": "other"])
        let error = try #require(throws: NetworkFileError.self) { try NetworkFile.read(Self.head, known: known) }
        #expect(error.faults.map(\.code) == [.duplicateInvoicePrefix])
        let moved = Self.head + "  - { id: other, name: O, street: x, postalCode: y, city: z, country: DE, invoicePrefix: O }"
        #expect(try NetworkFile.read(moved, known: known).sellers.count == 2)
    }

    @Test func names_known_to_the_database_need_not_stand_in_the_file() throws {
        let known = NetworkFile.Known(sellers: ["s"], suppliers: ["acme"])
        let yaml = "channels:\n  - { id: c, seller: s, currency: EUR }\n" + Self.location("supplier: acme")
        let file = try NetworkFile.read(yaml, known: known)
        #expect(file.channels.map(\.id) == ["c"])
        #expect(file.locations.first?.supplier == "acme")
    }

    @Test(arguments: [
        (0..<12).reduce("a0: &a0 [x]\n") {
            $0 + "a\($1 + 1): &a\($1 + 1) [\(Array(repeating: "*a\($1)", count: 9).joined(separator: ","))]\n"
        }
            + "? *a12\n: x\n",
        String(repeating: "[", count: 500_000),
        String(repeating: "{a: ", count: 200_000),
        String(repeating: "- ", count: 500_000),
        "x: " + String(repeating: "y", count: 2_000_000),
        "\u{FEFF}\u{0}",
        "a: \"\\ud800\"",
        "%YAML 9.9\n---\na: b",
        "!!python/object:os.system [x]",
    ])
    func hostile_documents_are_refused_quickly(_ yaml: String) {
        #expect(throws: NetworkFileError.self) { try NetworkFile.read(yaml) }
    }
}
