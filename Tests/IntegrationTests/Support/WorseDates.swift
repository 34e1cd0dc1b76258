import Commerce
import TestSupport
import Testing
import Workers

/// What suites about dates that get worse have in common: a shop whose goods take some days, and what its customers are told.
protocol WorseDates {}

extension WorseDates {
    static var january: String { "2030-01-10T08:00:00Z" }
    static var february: String { "2030-02-10T08:00:00Z" }

    /// To Hamburg it takes 1 day from `ham`, 2 from `ber`, 4 or 5 from `muc`.
    private static var network: Commerce.Network {
        var network = DeliveryTests.network
        network.suppliers[0].feedIntervalMinutes = 60
        return network
    }

    func withDates(
        _ roles: [Role] = Role.allCases,
        maximumRounds: Int64 = 5,
        transit: Bool = true,
        _ body: (Shop) async throws -> Void
    ) async throws {
        try await withShop(roles, network: Self.network) { shop in
            var settings = DeliveryTests.settings
            settings.freshness = FreshnessRule(bufferPercentPerMiss: 10, dropAfterMisses: 4)
            settings.fulfillment = FulfillmentRule(maximumRounds: maximumRounds, answerWithinMinutes: 60)
            try await shop.configure(settings, ["freshness", "fulfillment"] + (transit ? ["calendars", "transit"] : []))
            try await body(shop)
        }
    }

    func order(_ id: String = "1", _ lines: [(sku: String, quantity: Int64)] = [("A", 1)]) -> Order {
        Order(id, lines).with {
            $0.channel = "mails-only"
            $0.email = Shop.address()
        }
    }

    func expect(
        _ shop: Shop,
        _ sku: String,
        at date: String,
        _ quantity: Int64 = 5,
        to location: String = "ber",
        as id: String = "po-1"
    ) async throws {
        try await shop.accepted(
            "stock.expected",
            [
                "location": .string(location), "reference": .string(id), "sku": .string(sku), "quantity": .integer(quantity),
                "expectedAt": .string(date),
            ]
        )
    }

    func mails(_ shop: Shop, _ template: String, of order: Order) throws -> Int {
        try shop.events("email.sent", of: order).count { $0["data"]["template"].string == template }
    }

    func day(_ text: String?) -> Int64? { text.flatMap { CivilDate(iso8601: $0) }?.dayNumber }

    /// Waits until the customer was told so often; then that it stays so, with everything done that there is to do.
    func expectTold(_ shop: Shop, _ order: Order, later: Int, waiting: Int = 0, _ why: String) async throws {
        try await eventually("\(why): \(later) × later, \(waiting) × waiting", within: .seconds(240)) {
            try mails(shop, "promise_changed", of: order) >= later && mails(shop, "order_backordered", of: order) >= waiting
        }
        // The mails of one order are written in the order of its events: once this one is out, so is whatever came before.
        try await shop.accepted("order.cancelled", shop.cancellation(order))
        try await eventually("\(why): the cancellation is mailed", within: .seconds(240)) {
            try mails(shop, "order_cancelled", of: order) == 1
        }
        try await eventually("the mailing queue is empty") { try await shop.waiting(in: "oms.mailing") == 0 }
        #expect(try mails(shop, "promise_changed", of: order) == later, "\(why)")
        #expect(try mails(shop, "order_backordered", of: order) == waiting, "\(why)")
    }
}
