import Commerce
import Foundation
import Postgres
import TestSupport
import Testing
import Workers

/// What an operator can ask about stock.
@Suite(.timeLimit(.minutes(15)))
struct StockReportTests {
    @Test func a_sku_is_shown_with_all_that_concerns_it() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 10)])
            let first = Order("1", of: "A", 4)
            try await shop.place(first)
            let parcel = try #require(try await shop.sourced(first).first)
            try await shop.accepted("shipment.dispatched", shop.dispatched(parcel, [("1", 1)], at: "2026-11-22T15:00:00Z"))
            let second = Order("2", of: "A", 20)
            try await shop.place(second)
            try await shop.event("order.backordered", of: second)
            // A little of the past, whatever day it is today.
            let arguments = ["stock", "show", "A", "--days", "3650"]
            let json = try JSON(Array(try await shop.oms(arguments + ["--json"]).output.utf8))
            #expect(json["sku"] == "A")
            #expect(json["locations"][0]["location"] == "ber" && json["locations"][0]["onHand"] == 9)
            #expect(json["locations"][0]["reserved"] == 3 && json["locations"][0]["available"] == 6)
            #expect(json["locations"][0]["countedAt"].string?.hasPrefix("2026-11-20T06:00:00") == true)
            #expect(json["movements"][0]["delta"] == -1 && json["movements"][0]["kind"] == "dispatch")
            #expect(json["waitingOrders"] == 1 && json["waitingUnits"] == 20 && json["waiting"][0]["orderId"] == "2")
            #expect(json["reserved"].array.count == 1 && json["reserved"][0]["units"] == 3)
            #expect(json["reserved"][0]["fulfillmentId"].string == parcel.id)
            let page = try await shop.oms(arguments)
            #expect(page.status == 0)
            for word in ["ber", "dispatch", "shop/2", parcel.id] { #expect(page.output.contains(word), "\(word): \(page.output)") }
            #expect(page.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(page.output)")
            // The age of the count and its time stand whole, whatever day it is today.
            let row = try #require(page.output.split(separator: "\n").first { $0.hasPrefix("  ber ") })
            #expect(row.contains(#/ [0-9]+ (s|min|h|d)  2026-11-20 06:00$/#), "\(row)")
            #expect(try await shop.oms(["stock", "show", "nothing"]).status == 1)
        }
    }

    @Test func an_export_holds_every_row_exactly() async throws {
        try await withShop { shop in
            let odd = ["=1+1", "@x", "quote\"d,comma", "back\\slash", "ünï 😀"]
            try await shop.stock("ber", odd.enumerated().map { ($1, Int64($0)) })
            try await shop.stock("ham", [("=1+1", 8)])
            let lines = try await shop.oms(["stock", "export", "--format", "ndjson"]).output.split(separator: "\n")
            let rows = try lines.map { try JSON(Array($0.utf8)) }
            #expect(Set(rows.compactMap { $0["sku"].string }) == Set(odd))
            #expect(rows.count == 6)
            let eight = try #require(rows.first { $0["location"] == "ham" })
            #expect(eight["sku"] == "=1+1" && eight["onHand"] == 8 && eight["countedAt"] == "2026-11-20T06:00:00Z", "\(eight.text())")
            let csv = try await shop.oms(["stock", "export", "--location", "ber"]).output.split(separator: "\n")
            #expect(csv.count == 6)
            #expect(csv[0] == "sku,location,onHand,reserved,blocked,available,counted,countedAt")
            #expect(csv.contains("\"=1+1\",\"ber\",0,0,0,0,0,2026-11-20T06:00:00Z"), "\(csv)")
            #expect(csv.contains("\"quote\"\"d,comma\",\"ber\",2,0,0,2,2,2026-11-20T06:00:00Z"), "\(csv)")
            #expect(csv.contains("\"back\\slash\",\"ber\",3,0,0,3,3,2026-11-20T06:00:00Z"), "\(csv)")
            let guarded = try await shop.oms(["stock", "export", "--for-spreadsheets"]).output
            #expect(guarded.contains("\"'=1+1\"") && guarded.contains("\"'@x\"") && guarded.contains("\"back"), "\(guarded)")
            #expect(try await shop.oms(["stock", "export", "--location", "nowhere"]).status == 2)
            #expect(try await shop.oms(["stock", "export", "--format", "ndjson", "--for-spreadsheets"]).status == 2)
        }
    }

    @Test func a_report_tells_what_runs_out_and_what_lies_too_long() async throws {
        var network = ShopNetwork.standard
        network.suppliers[0].feedIntervalMinutes = 60
        try await withShop(network: network) { shop in
            try await shop.stock("ber", [("busy", 40), ("dead", 30), ("plenty", 5_000)])
            let order = Order("1", [("busy", 20), ("plenty", 10)])
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            // Within the window, whatever day it is today.
            let now = Date.now.addingTimeInterval(-3_600).formatted(.iso8601)
            try await shop.accepted("shipment.dispatched", shop.dispatched(parcel, at: now))
            let rejected = Order("2", of: "busy", 1)
            try await shop.place(rejected)
            let second = try #require(try await shop.sourced(rejected).first)
            try await shop.accepted(
                "fulfillment.rejected",
                ["fulfillmentId": .string(second.id), "rejectionId": "r-1", "reason": "other", "occurredAt": .string(now)]
            )
            let options = ["stock", "report", "--days", "10", "--lead-days", "4", "--over-days", "60"]
            let json = try JSON(Array(try await shop.oms(options + ["--json"]).output.utf8))
            #expect(json["skus"] == 3 && json["demand"] == 30)
            // 20 of 10 days: 2 a day, on one day alone, so the deviation is 6 and the safety stock 1.645 * 6 * 2.
            let busy = json["reorder"]["rows"][0]
            #expect(busy["sku"] == "busy" && busy["reorderPoint"] == 28 && busy["demand"] == 20, "\(busy.text())")
            #expect(json["shortestCover"]["rows"].array.map { $0["sku"].string } == ["busy", "plenty"])
            #expect(json["overstock"]["rows"][0]["sku"] == "plenty" && json["overstock"]["rows"][0]["excessUnits"] == 4_930)
            #expect(json["deadStock"]["rows"].array.map { $0["sku"].string } == ["dead"])
            let supplier = json["suppliers"][0]
            #expect(supplier["supplier"] == "acme" && supplier["parcels"] == 2 && supplier["rejected"] == 1, "\(supplier.text())")
            let ber = supplier["locations"][0]
            #expect(ber["location"] == "ber" && ber["feedIntervalMinutes"] == 60)
            #expect((ber["missedFeeds"].integer ?? 0) >= 0 && ber["feedAgeSeconds"].integer != nil)
            let page = try await shop.oms(options + ["--limit", "1"])
            #expect(page.status == 0)
            for word in ["Reorder now", "busy", "plenty", "dead", "acme"] { #expect(page.output.contains(word), "\(word): \(page.output)") }
            #expect(page.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(page.output)")
            let elsewhere = try await shop.oms(options + ["--location", "muc", "--json"])
            #expect(try JSON(Array(elsewhere.output.utf8))["skus"] == 0)
        }
    }

    @Test func goods_on_their_way_and_lead_times_count_and_transfers_are_no_demand() async throws {
        var network = ShopNetwork.standard
        network.suppliers[0].leadTimeDays = 30
        try await withShop(network: network) { shop in
            try await shop.stock("ham", [("A", 40)])
            let order = Order("1", of: "A", 10).with { $0.pickup = "muc" }
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            let now = Date.now.addingTimeInterval(-3_600).formatted(.iso8601)
            try await shop.accepted("shipment.dispatched", shop.dispatched(parcel, at: now))
            let options = ["stock", "report", "--days", "10", "--lead-days", "4", "--json"]
            // On its way to the store: nobody has bought it yet, neither over all nor there.
            for place in [[], ["--location", "ham"]] {
                let json = try JSON(Array(try await shop.oms(options + place).output.utf8))
                #expect(json["demand"] == 0, "\(json.text())")
            }
            let incoming: JSON = [
                "location": "ber", "reference": "po-1", "sku": "B", "quantity": 25, "expectedAt": "2030-01-10T08:00:00Z",
            ]
            try await shop.stock("ber", [("B", 20)])
            let sold = Order("2", of: "B", 20)
            try await shop.place(sold)
            try await shop.accepted("shipment.dispatched", shop.dispatched(try #require(try await shop.sourced(sold).first), at: now))
            let before = try JSON(Array(try await shop.oms(options).output.utf8))["reorder"]["rows"][0]
            // 2 a day over the supplier's 30 days, and not the 4 of the command.
            #expect(before["sku"] == "B" && before["leadDays"] == 30 && before["incoming"] == 0, "\(before.text())")
            try await shop.accepted("stock.expected", incoming)
            let after = try JSON(Array(try await shop.oms(options).output.utf8))["reorder"]["rows"][0]
            #expect(after["incoming"] == 25, "\(after.text())")
            #expect(after["reorderUnits"].integer == before["reorderUnits"].integer.map { $0 - 25 }, "\(after.text())")
        }
    }
}
