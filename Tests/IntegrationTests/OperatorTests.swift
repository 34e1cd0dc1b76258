import Foundation
import TestSupport
import Testing

/// What an operator looks up and sets right, through the program.
@Suite(.timeLimit(.minutes(15)))
struct OperatorTests {
    @Test func open_parcels_are_listed_and_sent_again_to_a_location_that_lost_them() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A", 3)
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.dispatch(parcel, [("1", 1)])
            let list = try await shop.oms(["fulfillment", "list", "--open", "--json"])
            #expect(list.status == 0)
            let line = try JSON(Array(list.output.utf8))
            #expect(line["fulfillmentId"].string == parcel.id, "\(list.output)")
            #expect(try await shop.oms(["fulfillment", "list", "--open", "--location", "ham"]).output.contains("nothing is open"))
            #expect(try await shop.oms(["fulfillment", "list", "--location", "nowhere"]).status == 2)

            // The same event again: whoever has it already knows it by its id.
            let first = try #require(shop.listener.events.first { $0.type == "fulfillment.requested" })
            let deliveries = shop.listener.deliveries(of: first.id)
            #expect(try await shop.oms(["fulfillment", "resend", "ber"]).status == 0)
            try await eventually("it is told again") { shop.listener.deliveries(of: first.id) == deliveries + 1 }
            #expect(try await shop.oms(["fulfillment", "resend"]).status == 2)

            try await shop.dispatch(parcel, as: "s-2", [("1", 2)])
            #expect(try await shop.oms(["fulfillment", "list", "--open"]).output.contains("nothing is open"))
        }
    }

    @Test func an_order_is_shown_with_its_whole_story() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A", 3)
            try await shop.place(order)
            try await shop.dispatch(try #require(try await shop.sourced(order).first))
            try await shop.event("invoice.issued", of: order)
            let page = try await shop.oms(["order", "show", "shop", "1"])
            #expect(page.status == 0)
            for word in ["1", "R00000001", "ber", "DHL", "0034 1"] { #expect(page.output.contains(word), "\(word): \(page.output)") }
            let json = try JSON(Array(try await shop.oms(["order", "show", "shop", "1", "--json"]).output.utf8))
            #expect(json["order"]["orderId"] == "1")
            #expect(json["fulfillments"][0]["location"] == "ber")
            #expect(json["events"].array.map { $0["sequence"].integer } == json["events"].array.indices.map { Int64($0 + 1) })
        }
    }

    @Test func a_file_of_messages_is_published_one_a_line() async throws {
        try await withShop { shop in
            let file = NSTemporaryDirectory() + "oms-\(UUID().uuidString).ndjson"
            defer { try? FileManager.default.removeItem(atPath: file) }
            let lines = (1...25).map { Order("\($0)", of: "A").body.text() }
            try (lines.joined(separator: "\n\n") + "\r\n").write(toFile: file, atomically: true, encoding: .utf8)
            let (status, output) = try await shop.oms(["publish", "order.placed", file])
            #expect(status == 0)
            #expect(output.contains("25"), "\(output)")
            try await eventually("all are taken") { try await shop.count("orders") == 25 }
        }
    }
}
