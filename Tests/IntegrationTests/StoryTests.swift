import Commerce
import Foundation
import Postgres
import Store
import TestSupport
import Testing
import TradeNetwork

/// What an order's page says of parcels that were taken from their locations, and why.
@Suite(.timeLimit(.minutes(15)))
struct StoryTests {
    /// The page in one line, so that it does not matter where its sentences break.
    private func page(_ shop: Shop, _ command: String, _ order: Order) async throws -> String {
        let (status, output) = try await shop.oms(["order", command, "shop", order.id])
        #expect(status == 0 && output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(output)")
        return output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether a text contains all the others, one after the other.
    private func tells(_ page: String, _ words: [String]) -> Bool {
        var rest = page[...]
        for word in words {
            guard let found = rest.range(of: word) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    private func withdrawals(_ shop: Shop, _ order: Order) async throws -> JSON {
        try JSON(Array(try await shop.oms(["order", "show", "shop", order.id, "--json"]).output.utf8))["fulfillments"][0]["withdrawals"]
    }

    @Test func every_parcel_says_in_its_own_words_why_it_did_not_leave() async throws {
        try await withShop { shop in
            try await shop.setRules(answerWithinMinutes: 60)
            try await shop.stock("ber", [("A", 20)])
            let orders = ["refused", "silent", "away", "moved", "cancelled", "plain", "blocked"].map { Order($0, of: "A") }
            var parcels: [Parcel] = []
            for order in orders {
                try await shop.place(order)
                parcels.append(try #require(try await shop.sourced(order).first))
            }
            for location in ["ham", "muc"] { try await shop.stock(location, [("A", 20)]) }

            try await shop.reject(parcels[0], "other")
            for index in 2...6 { try await shop.accepted("fulfillment.accepted", shop.acceptance(parcels[index])) }
            try await shop.age(parcels[1], minutes: 61)
            try await shop.event("fulfillment.cancelled", of: orders[1])
            try await shop.accepted("order.reroute", shop.reroute(orders[2], parcels[2]))
            try await shop.accepted("order.reroute", shop.reroute(orders[3], parcels[3], to: "muc"))
            // A channel's words are no cause of ours.
            var cancellation = shop.cancellation(orders[4])
            cancellation["reason"] = "rerouted: ham"
            try await shop.accepted("order.cancelled", cancellation)
            let plain: JSON = [
                "channel": "shop", "orderId": "plain", "cancellationId": "x-2", "occurredAt": "2026-11-22T11:00:00Z",
            ]
            try await shop.accepted("order.cancelled", plain)
            try await shop.accepted("stock.blocked", shop.block("ber", "q-1", "A", 20))
            for order in orders.prefix(4) + orders.suffix(1) { _ = try await shop.sourced(order, count: 2) }

            let told: [(cause: JSON, sentence: String, words: String)] = [
                (["cause": "other"], "ber would not ship; looked for elsewhere", "refused"),
                (["cause": "no_answer"], "ber did not answer in time; looked for elsewhere", "taken back: no answer in time"),
                (["cause": "rerouted"], "an agent took it away from ber; looked for elsewhere", "taken back by an agent"),
                (["cause": "rerouted", "to": "muc"], "an agent took it away from ber, for muc to ship", "given to muc by an agent"),
                (
                    ["cause": "cancelled", "reason": "rerouted: ham"],
                    "the order was cancelled before ber shipped it: rerouted: ham", "cancelled with the order: rerouted: ham"
                ),
                (["cause": "cancelled"], "the order was cancelled before ber shipped it", "cancelled with the order"),
                (["cause": "blocked"], "units at ber were blocked; looked for elsewhere", "taken back: goods blocked there"),
            ]
            for (index, order) in orders.enumerated() {
                let text = try await page(shop, "show", order)
                let happened = index == 0 ? "rejected \(parcels[0].id)" : "fulfillment.cancelled \(parcels[index].id)"
                var story = [
                    "\(parcels[index].id) from ber (ber): not shipped, 1 unit \(told[index].words)",
                    "fulfillment.requested \(parcels[index].id)", "\(happened) \(told[index].sentence)",
                ]
                if ![4, 5].contains(index) { story.append("order.sourced") }
                #expect(tells(text, story), "\(text)")
                #expect(try await withdrawals(shop, order) == [told[index].cause])
            }

            // An answer that comes too late changes nothing, and says so.
            try await shop.reject(parcels[1], "capacity")
            try await shop.event("fulfillment.late_answer", of: orders[1])
            let late = "ber would not have shipped it either (refused: no capacity), but it was taken back before"
            #expect(try await withdrawals(shop, orders[1]) == [["cause": "no_answer"]])
            let text = try await page(shop, "show", orders[1])
            let order = ["did not answer in time; looked for elsewhere", late, "fulfillment.late_answer \(parcels[1].id)"]
            #expect(tells(text, order), "\(text)")
            try await shop.accepted("fulfillment.accepted", shop.acceptance(parcels[1]))
            try await shop.event("fulfillment.late_answer", of: orders[1], count: 2)
            let accepted = try await page(shop, "show", orders[1])
            #expect(tells(accepted, ["order.sourced", "ber would ship it, but it was taken back before"]), "\(accepted)")

            let why = try await page(shop, "why", orders[0])
            #expect(why.contains("Kept out: ber has refused this order, or was taken off it."), "\(why)")
            let agents = try await page(shop, "why", orders[3])
            #expect(agents.contains("An agent said where it ships from: no rule was asked."), "\(agents)")
        }
    }
}
