import TestSupport
import Testing

/// The same message any number of times has the effect of one; the same key with other content is refused, and the first one stands.
@Suite(.timeLimit(.minutes(15)))
struct AgainTests {
    /// Sends `body` again under other message ids and in another form, then `other`, which has the same key.
    private func again(_ shop: Shop, _ type: String, _ body: JSON, conflicting other: JSON?) async throws {
        try await shop.accepted(type, body)
        try await shop.accepted(type, body)
        var reversed = body.reversed
        reversed["somethingNobodyKnows"] = ["a": [1, 2, 3]]
        let spaced = try await shop.ask(type, bytes: Array(reversed.text(spaced: true).utf8))
        #expect(spaced["accepted"] == true, "\(type): \(spaced.text())")
        guard let other else { return }
        try await shop.refused(type, other, "conflict")
        try await shop.accepted(type, body)
    }

    private func changed(_ body: JSON, _ name: String, _ value: JSON) -> JSON {
        var changed = body
        changed[name] = value
        return changed
    }

    @Test func orders() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A", 2)
            try await again(shop, "order.placed", order.body, conflicting: order.with { $0.lines[0].quantity = 3 }.body)
            // Another channel's order of the same id is another order.
            try await shop.place(order.with { $0.channel = "other" })
            try await eventually("both are sourced") { try shop.events("order.sourced").count == 2 }
            #expect(try await shop.count("orders") == 2)
            #expect(try await shop.level("A", at: "ber").reserved == 4)
        }
    }

    @Test func orders_within_one_batch() async throws {
        try await withShop([]) { shop in
            // All of them wait in the queue before the worker starts.
            let order = Order("1", of: "A", 2)
            let other = order.with { $0.lines[0].quantity = 3 }
            try await shop.place([order, order, other, order, Order("2", of: "A"), other])
            let worker = try shop.work()
            try await shop.event("order.backordered", of: Order("2", of: "A"))
            #expect(try await shop.desk(has: 2).allSatisfy { $0.code == "conflict" && $0.path == "/orderId" })
            #expect(try await shop.count("orders") == 2)
            try await shop.everythingTold()
            try await worker.stop()
        }
    }

    @Test func an_envelope_does_not_count() async throws {
        try await withShop { shop in
            let order = Order("1", of: "A")
            try await shop.place(order)
            let event: JSON = [
                "specversion": "1.0", "id": "e-1", "source": "/shops/de", "type": "order.placed", "data": order.body,
            ]
            let reply = try await shop.ask(
                "order.placed",
                bytes: Array(event.text().utf8),
                contentType: "application/cloudevents+json; charset=utf-8"
            )
            #expect(reply == ["accepted": true, "id": "1"])
            #expect(try await shop.count("orders") == 1)
        }
    }

    @Test func parcels_answers_and_reports() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let order = Order("1", of: "A", 5)
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            let accepted: JSON = ["fulfillmentId": .string(parcel.id), "occurredAt": "2026-11-22T12:00:00Z"]
            try await again(shop, "fulfillment.accepted", accepted, conflicting: changed(accepted, "occurredAt", "2026-11-22T12:00:01Z"))

            let shipment = shop.dispatched(parcel, [("1", 2)])
            try await again(shop, "shipment.dispatched", shipment, conflicting: changed(shipment, "carrier", "UPS"))
            #expect(try await shop.level("A", at: "ber") == (8, 3))

            let delivered: JSON = ["fulfillmentId": .string(parcel.id), "shipmentId": "s-1", "occurredAt": "2026-11-22T20:00:00Z"]
            // The moment is a part of the key, and there is nothing else: there is no conflict to be had.
            try await again(shop, "shipment.delivered", delivered, conflicting: nil)
            let failed = changed(delivered, "reason", "Nobody at home")
            try await again(shop, "shipment.failed", failed, conflicting: changed(failed, "reason", "The dog"))

            let cancellation = shop.cancellation(order, "x-1", [("1", 1)])
            try await again(shop, "order.cancelled", cancellation, conflicting: shop.cancellation(order, "x-1", [("1", 2)]))
            #expect(try await shop.level("A", at: "ber") == (8, 2))

            let rejection: JSON = [
                "fulfillmentId": .string(parcel.id), "rejectionId": "r-1", "reason": "damaged", "occurredAt": "2026-11-22T21:00:00Z",
            ]
            try await again(shop, "fulfillment.rejected", rejection, conflicting: changed(rejection, "reason", "capacity"))
            #expect(try await shop.level("A", at: "ber") == (8, 0))
            #expect(try await shop.count("shipment") == 1)
            #expect(try shop.events("shipment.delivered").count == 1)
            #expect(try shop.events("shipment.failed").count == 1)
            try await shop.event("invoice.issued", of: order)
            #expect(try await shop.count("invoice") == 1)
        }
    }

    @Test func stock_and_locations() async throws {
        try await withShop { shop in
            let feed = shop.feed("ber", sequence: 1, [("A", 5)])
            try await again(shop, "stock.reported", feed, conflicting: shop.feed("ber", sequence: 1, [("A", 6)]))
            let adjustment: JSON = [
                "location": "ber", "adjustmentId": "adj-1", "sku": "A", "delta": -2, "reason": "Broken",
                "occurredAt": "2026-11-22T08:00:00Z",
            ]
            try await again(shop, "stock.adjusted", adjustment, conflicting: changed(adjustment, "delta", -3))
            #expect(try await shop.level("A", at: "ber").onHand == 3)
            let location: JSON = [
                "location": "new", "name": "New", "country": "DE", "timeZone": "Europe/Berlin", "updatedAt": "2026-11-22T05:00:00Z",
            ]
            try await again(shop, "location.defined", location, conflicting: nil)
            #expect(try await shop.number("SELECT count(*) FROM location WHERE id = 'new'") == 1)
        }
    }

    @Test(arguments: ["authorized", "captured", "refunded", "failed"])
    func payments(kind: String) async throws {
        try await withShop { shop in
            let order = Order("1", of: "A").with {
                $0.payments = [["paymentId": "p-1", "method": "card", "status": "pending", "amount": 1_000]]
            }
            try await shop.place(order)
            let report = shop.payment(order, "t-1")
            try await again(shop, "payment.\(kind)", report, conflicting: changed(report, "amount", 999))
            #expect(try await shop.count("payment_transaction") == 1)
        }
    }
}
