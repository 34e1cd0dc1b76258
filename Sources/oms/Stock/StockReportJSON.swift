internal import Commerce
internal import Messages
internal import Store

extension StockReportPage {
    /// The same as one JSON object.
    var json: String {
        let assumed = report.assumptions
        var json = JSONWriter(capacity: 8_192)
        json.beginObject()
        json.member("asOf", now)
        json.member("days", assumed.days)
        json.member("leadDays", assumed.leadDays)
        json.member("reviewDays", assumed.reviewDays)
        json.member("overDays", assumed.overDays)
        json.key("servicePercent")
        json.double(assumed.servicePercent)
        json.member("skus", report.skus)
        json.member("available", report.available)
        json.member("demand", report.demand)
        write("reorder", report.reorder, &json)
        write("shortestCover", report.cover, &json)
        write("overstock", report.over, &json)
        write("deadStock", report.dead, &json)
        json.list("suppliers", supply.suppliers) { json, supplier in
            json.beginObject()
            json.member("supplier", optional: supplier.id)
            json.member("parcels", supplier.parcels)
            json.member("rejected", supplier.rejected)
            write("reliability", supplier.reliability, &json)
            json.member("score", optional: supplier.score)
            json.member("feedAgeSeconds", optional: supplier.observedAt.map { (now.rawValue - $0.rawValue) / 1_000_000 })
            json.list("locations", supplier.places, write)
            json.endObject()
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func write(_ name: StaticString, _ list: StockReport.List, _ json: inout JSONWriter) {
        json.key(name)
        json.beginObject()
        json.member("skus", list.count)
        json.member("units", list.units)
        json.list("rows", list.rows) { json, row in
            json.beginObject()
            json.member("sku", names[row.sku] ?? "")
            json.member("onHand", row.facts.onHand)
            json.member("available", row.facts.available)
            json.member("waiting", row.facts.waiting)
            json.member("incoming", row.facts.incoming)
            json.member("leadDays", row.plan.leadDays)
            json.member("demand", row.facts.demand)
            write("dailyDemand", row.plan.dailyDemand, &json)
            write("deviation", row.plan.deviation, &json)
            write("coverDays", row.plan.coverDays, &json)
            write("safetyStock", row.plan.safetyStock, &json)
            json.member("reorderPoint", row.plan.reorderPoint)
            json.member("reorderUnits", row.plan.reorderUnits)
            json.member("excessUnits", row.plan.excessUnits)
            json.endObject()
        }
        json.endObject()
    }

    private func write(_ json: inout JSONWriter, _ place: SupplyReport.Place) {
        json.beginObject()
        json.member("location", place.location)
        json.member("feedObservedAt", optional: place.observedAt)
        json.member("feedAgeSeconds", optional: place.observedAt.map { (now.rawValue - $0.rawValue) / 1_000_000 })
        json.member("feedIntervalMinutes", optional: place.intervalMinutes)
        json.member("missedFeeds", optional: place.missed)
        json.member("staleFeeds", place.figures.stale)
        json.member("abandonedFeeds", place.figures.abandoned)
        json.member("parcels", place.figures.parcels)
        json.member("rejected", place.figures.rejected)
        write("reliability", place.reliability, &json)
        json.member("score", place.score)
        json.endObject()
    }

    private func write(_ name: StaticString, _ value: Double?, _ json: inout JSONWriter) {
        guard let value, value.isFinite else { return }
        json.key(name)
        json.double(value)
    }
}
