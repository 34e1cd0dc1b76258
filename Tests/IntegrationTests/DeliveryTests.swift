import Commerce
import Postgres
import Store
import TestSupport
import Testing
import TradeNetwork

/// When parcels arrive, as channels and customers are told; and that they are told when it gets worse.
@Suite(.timeLimit(.minutes(15)))
struct DeliveryTests {
    /// Everybody works every day, so that a day of transit is a day. To Hamburg it takes 1 day from `ham`, 2 from `ber`, 4 from `muc`.
    static let settings = NetworkSettings(
        calendars: [WorkCalendar(country: "DE", workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [])],
        transit: [
            TransitTable(bands: [.init(kilometers: 100, days: 1), .init(kilometers: 400, days: 2), .init(kilometers: nil, days: 4)])
        ]
    )

    /// `muc` takes up to a day to hand a parcel over.
    static let network: Commerce.Network = {
        var network = ShopNetwork.standard
        network.locations[2].leadTimeHours = 24
        return network
    }()

    private func withTransit(_ body: (Shop) async throws -> Void) async throws {
        try await withShop(network: Self.network) { shop in
            try await shop.session.write { tx in
                let sections = Self.settings.sections(["calendars", "transit"])
                _ = try NetworkStore.apply(Self.network, sections: sections, content: "", in: tx)
            }
            try await body(shop)
        }
    }

    private func order(_ id: String, to address: String, _ quantity: Int64 = 1) -> Order {
        Order(id, of: "A", quantity).with {
            $0.channel = "mails-only"
            $0.email = address
        }
    }

    /// The days of an event or a parcel of it, from 1970 on.
    private func days(_ data: JSON) throws -> (from: Int64, to: Int64) {
        let from = try #require(data["deliverFrom"].string.flatMap { CivilDate(iso8601: $0) })
        let to = try #require(data["deliverTo"].string.flatMap { CivilDate(iso8601: $0) })
        return (from.dayNumber, to.dayNumber)
    }

    private func templates(_ shop: Shop, of order: Order) throws -> [String] {
        try shop.events("email.sent", of: order).compactMap { $0["data"]["template"].string }
    }

    @Test func a_later_date_is_told_once_and_a_sooner_one_is_not() async throws {
        try await withTransit { shop in
            let customer = Shop.address()
            let order = order("1", to: customer)
            try await shop.stock("ber", [("A", 5)])
            try await shop.place(order)
            let first = try await shop.event("order.sourced", of: order)
            let told = try days(first["fulfillments"][0])
            #expect(told.from == told.to)
            #expect(try days(first) == told)

            // Refused, it comes from farther away.
            try await shop.stock("muc", [("A", 5)])
            try await shop.reject(try #require(try await shop.sourced(order).first), "other")
            let second = try await shop.event("order.sourced", of: order, count: 2)
            let later = try days(second["fulfillments"][0])
            #expect(later.from == told.to + 2 && later.to == told.to + 3)
            let changed = try await shop.event("order.promise_changed", of: order)
            #expect(changed["lines"] == [["lineId": "1", "sku": "A", "quantity": 1]])
            #expect(try days(changed) == later)
            #expect(changed["deliverToBefore"] == first["deliverTo"])
            try await eventually("the customer is told") { try templates(shop, of: order).contains("promise_changed") }
            let mail = try #require(try shop.mails(to: customer).first { $0.contains("arrives later") })
            #expect(mail.contains("Arrives between "))

            // Refused again, it comes from near by.
            try await shop.stock("ham", [("A", 5)])
            try await shop.reject(try #require(try await shop.sourced(order, count: 2).first), "other")
            let third = try await shop.event("order.sourced", of: order, count: 3)
            #expect(try days(third).to == told.to - 1)
            try await shop.dispatch(try #require(try await shop.sourced(order, count: 3).first))
            try await shop.event("order.completed", of: order)
            try await eventually("the parcel is mailed") { try templates(shop, of: order).contains("shipment_dispatched") }
            #expect(try templates(shop, of: order).count { $0 == "promise_changed" } == 1)
            #expect(try shop.events("order.promise_changed", of: order).count == 1)
            let dispatched = try #require(try shop.mails(to: customer).first { $0.contains("Subject: Your order 1 is on its way") })
            #expect(dispatched.contains("Arrives on "))

            let page = try await shop.oms(["order", "show", "mails-only", "1"])
            #expect(page.output.contains("ber would not ship; looked for elsewhere"), "\(page.output)")
            #expect(page.output.contains("later than told: arrives from "), "\(page.output)")
            #expect(page.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            let json = try JSON(Array(try await shop.oms(["order", "show", "mails-only", "1", "--json"]).output.utf8))
            #expect(json["fulfillments"][0]["deliverTo"] == first["deliverTo"])
            #expect(json["rejections"].array.map { $0["location"] } == ["ber", "muc"])
        }
    }

    @Test func what_was_taken_back_says_why() async throws {
        try await withTransit { shop in
            try await shop.setRules(answerWithinMinutes: 60)
            let orders = (1...3).map { Order("\($0)", of: "A") }
            try await shop.stock("ber", [("A", 3)])
            var parcels: [Parcel] = []
            for order in orders {
                try await shop.place(order)
                parcels.append(try #require(try await shop.sourced(order).first))
            }
            try await shop.stock("muc", [("A", 5)])
            try await shop.accepted("order.reroute", shop.reroute(orders[0], parcels[0], to: "muc"))
            try await shop.accepted("fulfillment.accepted", shop.acceptance(parcels[2]))
            try await shop.age(parcels[1], minutes: 61)
            try await shop.event("order.promise_changed", of: orders[0])
            try await shop.event("order.promise_changed", of: orders[1])
            try await shop.accepted("stock.blocked", shop.block("ber", "q-1", "A", 3))
            let changed = try await shop.event("order.promise_changed", of: orders[2])
            #expect(try days(changed).to > 0)
            let sentences = [
                "an agent took it away from ber", "ber did not answer in time; looked for elsewhere",
                "units at ber were blocked; looked for elsewhere",
            ]
            for (order, sentence) in zip(orders, sentences) {
                let page = try await shop.oms(["order", "show", "shop", order.id])
                #expect(page.output.contains(sentence), "\(page.output)")
                #expect(try shop.events("order.promise_changed", of: order).count == 1)
            }
            try await shop.expectCleanAudit()
        }
    }

    @Test func goods_that_come_in_later_are_mailed_and_sooner_ones_are_not() async throws {
        try await withShop { shop in
            let customer = Shop.address()
            let order = order("1", to: customer)
            func expect(_ date: String) async throws {
                try await shop.accepted(
                    "stock.expected",
                    ["location": "ber", "reference": "po-1", "sku": "A", "quantity": 5, "expectedAt": .string(date)]
                )
            }
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            let dates = ["2030-01-10", "2030-02-10", "2030-02-01"]
            for (index, date) in dates.enumerated() {
                try await expect("\(date)T08:00:00Z")
                let changed = try await shop.event("order.promise_changed", of: order, count: index + 1)
                #expect(changed["lines"][0]["promisedBefore"].string == (index > 0 ? "\(dates[index - 1])T08:00:00Z" : nil))
                // A mail tells of how things stand when it is written.
                if index == 1 {
                    try await eventually("the later date is mailed") { try templates(shop, of: order).contains("promise_changed") }
                }
            }
            // The mails of one order are written in the order of its events: once this one is out, so is whatever came before.
            try await shop.accepted("order.cancelled", shop.cancellation(order))
            try await eventually("the cancellation is mailed") { try templates(shop, of: order).contains("order_cancelled") }
            try await eventually("the mailing queue is empty") { try await shop.waiting(in: "oms.mailing") == 0 }
            #expect(try templates(shop, of: order).count { $0 == "promise_changed" } == 1)
            let mail = try #require(try shop.mails(to: customer).first { $0.contains("arrives later") })
            #expect(mail.contains("expected 10 February 2030"))
        }
    }

    @Test func a_full_day_counts_as_later_delivery_in_the_decision() async throws {
        let network: Commerce.Network = {
            var network = ShopNetwork.standard
            network.locations[1].dailyCapacity = 1
            return network
        }()
        try await withShop(network: network) { shop in
            var settings = Self.settings
            settings.rules = RoutingRules(live: [RoutingStrategy(id: "fast", objective: .lexicographic([.deliveryTime]))])
            let sections = settings.sections(["calendars", "transit", "rules"])
            try await shop.session.write { tx in _ = try NetworkStore.apply(network, sections: sections, content: "", in: tx) }
            try await shop.stock("ham", [("A", 9)])
            for id in ["1", "2", "3", "4"] {
                try await shop.place(Order(id, of: "A"))
                #expect(try await shop.sourced(Order(id, of: "A")).first?.location == "ham")
            }
            let (one, four) = (
                try await shop.event("order.sourced", of: Order("1", of: "A")),
                try await shop.event("order.sourced", of: Order("4", of: "A"))
            )
            #expect(try days(four).to == days(one).to + 3)
            // From the fourth day on `ham` is no faster than the far one.
            try await shop.stock("muc", [("A", 9)])
            let last = Order("5", of: "A")
            try await shop.place(last)
            #expect(try await shop.sourced(last).first?.location == "muc")
        }
    }
}
