import Commerce
import Foundation
import Testing
import TradeNetwork

struct NetworkFileTests {
    @Test func the_contracts_example_is_read() throws {
        let yaml = """
            sellers:
              - { id: main, name: "Example GmbH", vatId: DE123456789, street: "Kai 1", postalCode: "20457", city: Hamburg, country: DE, timeZone: Europe/Berlin,
                  email: billing@example.com, phone: "+49 40 123", contact: "Accounts", iban: DE02120300000000202051, invoicePrefix: "R" }
            channels:
              - { id: shop-de, seller: main, currency: EUR, locale: de-DE, timeZone: Europe/Berlin, invoice: on-dispatch, invoiceMail: attach, senderEmail: shop@example.com }
            suppliers:
              - { id: acme, name: "Acme", priority: 10, feedIntervalMinutes: 60 }
            locations:
              - { location: ber-1, supplier: acme, kind: warehouse, name: "Berlin DC", street: "…", postalCode: "10115", city: Berlin, country: DE, timeZone: Europe/Berlin,
                  latitude: 52.53, longitude: 13.38, priority: 10, dailyCapacity: 5000, leadTimeHours: 24, parcelCost: 450, queue: false, active: true }
            rules: []
            """
        let file = try NetworkFile.read(yaml)
        #expect(file.sellers.first?.iban == "DE02120300000000202051")
        #expect(
            file.channels.first
                == Channel(
                    id: "shop-de",
                    seller: "main",
                    currency: "EUR",
                    locale: "de-DE",
                    timeZone: "Europe/Berlin",
                    senderEmail: "shop@example.com"
                )
        )
        #expect(file.suppliers == [Supplier(id: "acme", name: "Acme", priority: 10, feedIntervalMinutes: 60)])
        let location = try #require(file.locations.first)
        #expect(location.coordinates == Coordinates(latitude: 52.53, longitude: 13.38))
        #expect((location.parcelCost, location.queue, location.active) == (450, false, true))
    }

    @Test func what_may_be_left_out_has_its_default() throws {
        let file = try NetworkFile.read("locations:\n  - { location: l, kind: third-party, name: Halle, country: \"NO\" }")
        #expect(file.locations == [Location(id: "l", kind: .thirdParty, name: "Halle", country: "NO", timeZone: "UTC")])
        #expect(file.sections.isEmpty)
    }

    @Test(arguments: ["network.yaml", "network-minimal.yaml"])
    func the_examples_are_accepted(_ name: String) throws {
        let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "../../ops/examples")
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        let file = try NetworkFile.read(text)
        #expect(!file.sellers.isEmpty && !file.channels.isEmpty && !file.locations.isEmpty)
    }

    @Test func stored_json_is_compact_sorted_and_read_back_the_same() throws {
        let seller = Seller(
            id: "s",
            name: "Ünï \"S\" / Söhne 🛒",
            vatID: "DE1",
            street: "Kai 1",
            postalCode: "20457",
            city: "Hamburg",
            country: "DE",
            iban: "DE02120300000000202051",
            invoicePrefix: "R-"
        )
        #expect(try Seller(json: seller.json) == seller)
        let channel = Channel(id: "c", seller: "s", currency: "JPY", invoice: .none, invoiceMail: .none)
        #expect(try Channel(json: channel.json) == channel)
        let supplier = Supplier(id: "a", name: "A")
        #expect(supplier.json == #"{"id":"a","name":"A","priority":100}"#)
        #expect(try Supplier(json: supplier.json) == supplier)
        let location = Location(
            id: "l",
            supplier: "a",
            kind: .thirdParty,
            name: "L",
            country: "DE",
            coordinates: Coordinates(latitude: 52.53, longitude: -0.1),
            parcelCost: 0
        )
        #expect(try Location(json: location.json) == location)
        #expect(location.json == location.json)
        #expect(throws: NetworkStorageError.self) { try Location(json: supplier.json) }
        #expect(throws: NetworkStorageError.self) { try Seller(json: "{}") }
    }
}
