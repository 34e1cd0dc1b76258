import Foundation
import TestSupport
import Testing

/// One order's way from the channel to the mailbox.
@Suite(.timeLimit(.minutes(15)))
struct WholeLifeTests {
    @Test func an_order_is_sourced_dispatched_invoiced_and_mailed() async throws {
        try await withShop { shop in
            let customer = Shop.address()
            let order = Order("100042", [("A-1", 2), ("B-2", 1)]).with {
                $0.channel = "mails"
                $0.email = customer
                $0.shipping = 499
            }
            try await shop.stock("ber", [("A-1", 10), ("B-2", 10)])
            try await shop.place(order)
            let parcels = try await shop.sourced(order)
            let parcel = try #require(parcels.first)
            #expect(parcels.count == 1)
            #expect(parcel.location == "ber")
            #expect(parcel.lines == [.init(lineID: "1", quantity: 2), .init(lineID: "2", quantity: 1)])

            let requested = try await shop.event("fulfillment.requested", of: order)
            #expect(requested["fulfillmentId"].string == parcel.id)
            #expect(requested["shippingAddress"]["city"] == "Hamburg")
            #expect(requested["lines"][0]["name"] == "Thing")
            try await shop.accepted("fulfillment.accepted", ["fulfillmentId": .string(parcel.id), "occurredAt": "2026-11-22T12:00:00Z"])
            try await shop.dispatch(parcel)
            let shipped = try await shop.event("shipment.dispatched", of: order)
            #expect(shipped["trackingNumber"] == "0034 1")
            let invoice = try await shop.event("invoice.issued", of: order)
            #expect(invoice["number"] == "M-00000001")
            #expect(invoice["total"].integer == order.total)
            #expect(invoice["currency"] == "EUR")
            #expect((invoice["net"].integer ?? 0) + (invoice["tax"].integer ?? 0) == order.total)
            try await shop.event("order.completed", of: order)
            try await shop.accepted(
                "shipment.delivered",
                ["fulfillmentId": .string(parcel.id), "shipmentId": "s-1", "occurredAt": "2026-11-22T20:00:00Z"]
            )
            try await shop.event("shipment.delivered", of: order)

            // Confirmation, shipped, invoice, delivered.
            try await eventually("four mails are told") { try shop.events("email.sent", of: order).count == 4 }
            #expect(
                Set(try shop.events("email.sent", of: order).compactMap { $0["data"]["template"].string })
                    == ["order_confirmation", "shipment_dispatched", "invoice_issued", "shipment_delivered"]
            )
            let mails = try shop.mails(to: customer)
            #expect(mails.count == 4)
            #expect(mails.contains { $0.contains("M-00000001.pdf") && $0.contains("M-00000001.xml") })
            #expect(!(try shop.events("email.sent", of: order).contains { $0.text().contains(customer) }), "no address in events")

            try await exportedPapersAreThere(shop)
            try await eventsAreCloudEvents(shop, order)
        }
    }

    private func exportedPapersAreThere(_ shop: Shop) async throws {
        let folder = NSTemporaryDirectory() + "oms-invoices-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (status, output) = try await shop.oms(["invoice", "export", folder])
        #expect(status == 0, "\(output)")
        let xml = try #require(FileManager.default.contents(atPath: folder + "/M-00000001.xml"))
        let pdf = try #require(FileManager.default.contents(atPath: folder + "/M-00000001.pdf"))
        #expect(String(decoding: xml, as: UTF8.self).contains("M-00000001"))
        #expect(pdf.starts(with: Data("%PDF-".utf8)))
        // The same bytes for ever.
        _ = try await shop.oms(["invoice", "export", folder])
        #expect(FileManager.default.contents(atPath: folder + "/M-00000001.pdf") == pdf)
        #expect(FileManager.default.contents(atPath: folder + "/M-00000001.xml") == xml)
    }

    private func eventsAreCloudEvents(_ shop: Shop, _ order: Order) async throws {
        try await shop.everythingTold()
        let prefix = "\(order.channel)/\(order.id)/"
        let heard = shop.listener.events.filter { $0.id.hasPrefix(prefix) }
        let events = try heard.map { try $0.json() }
        for (heard, event) in zip(heard, events) {
            #expect(heard.contentType == "application/cloudevents+json")
            #expect(event["specversion"] == "1.0")
            #expect(event["type"].string == heard.type)
            #expect(event["id"].string == heard.id)
            #expect(event["source"].string?.hasPrefix("/oms/") == true)
            #expect(event["subject"].string == "\(order.channel)/\(order.id)")
            #expect(event["time"].string?.hasSuffix("Z") == true)
            #expect(event["sequence"].string?.utf8.count == 10)
            #expect(event["data"]["channel"].string == order.channel)
            #expect(event["data"]["orderId"].string == order.id)
        }
        let numbers = events.compactMap { $0["sequence"].string.flatMap { Int($0) } }.sorted()
        #expect(numbers == Array(1...events.count))
        #expect(events.contains { $0["source"] == "/oms/intake" })
        #expect(heard.first { $0.type == "fulfillment.requested" }?.routingKey == "fulfillment.requested.ber")
    }
}
