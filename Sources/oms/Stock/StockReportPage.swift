internal import Commerce
internal import Foundation
internal import Store

/// The report on stock for a person: at most 80 characters a line.
struct StockReportPage: Sendable {
    private static let width = 80
    private static let supplyWidths = [8, 8, 6, 5, 4, 7, 11, 5]

    let report: StockReport
    /// Of the SKUs that are shown, by key.
    let names: [Int64: String]
    let supply: SupplyReport
    let now: Timestamp

    var text: [String] { head + reorder + cover + over + dead + suppliers }

    private var head: [String] {
        let assumed = report.assumptions
        let span = report.demand > 0 ? " for \(days(Double(report.available) * Double(assumed.days) / Double(report.demand))) days" : ""
        return [
            "\(report.skus.grouped) SKUs, \(report.available.grouped) units available\(span); \(now.minuteText) UTC",
            "demand of \(assumed.days) days: \(report.demand.grouped) units; lead time \(assumed.leadDays) days, review \(assumed.reviewDays), service \(number(assumed.servicePercent)) %",
        ].map { $0.fitted(Self.width) }
    }

    private var reorder: [String] {
        section(
            "Reorder now",
            report.reorder,
            "units to order",
            "  SKU                  available waiting incoming a day cover lead  point  order"
        ) { row in
            [
                (String(row.facts.available), 9), (String(row.facts.waiting), 7), (String(row.facts.incoming), 8),
                (rate(row.plan.dailyDemand), 5), (row.plan.coverDays.map(days) ?? "-", 5), (String(row.plan.leadDays), 4),
                (String(row.plan.reorderPoint), 6), (String(row.plan.reorderUnits), 6),
            ]
        }
    }

    private var cover: [String] {
        section("Shortest cover", report.cover, "units available", "  SKU                  available    a day   cover") { row in
            [(String(row.facts.available), 9), (rate(row.plan.dailyDemand), 8), (row.plan.coverDays.map(days) ?? "-", 7)]
        }
    }

    private var over: [String] {
        section(
            "More than \(report.assumptions.overDays) days of cover",
            report.over,
            "units too many",
            "  SKU                  available    a day   cover   excess"
        ) { row in
            [
                (String(row.facts.available), 9), (rate(row.plan.dailyDemand), 8), (row.plan.coverDays.map(days) ?? "-", 7),
                (String(row.plan.excessUnits), 8),
            ]
        }
    }

    private var dead: [String] {
        section("None left in \(report.assumptions.days) days", report.dead, "units on hand", "  SKU                    on hand") { row in
            [(String(row.facts.onHand), 9)]
        }
    }

    private func section(
        _ title: String,
        _ list: StockReport.List,
        _ what: String,
        _ header: String,
        _ cells: (StockReport.Row) -> [(text: String, width: Int)]
    ) -> [String] {
        guard list.count > 0 else { return ["", "\(title): none"] }
        let more = list.count > Int64(list.rows.count) ? "; the first \(list.rows.count)" : ""
        let skus = "\(list.count.grouped) SKU\(list.count == 1 ? "" : "s")"
        return ["", "\(title): \(skus), \(list.units.grouped) \(what)\(more)".fitted(Self.width), header]
            + list.rows.map { row in
                let figures = cells(row).map { $0.text.leftPadded($0.width) }.joined(separator: " ")
                return "  \((names[row.sku] ?? "?").fitted(20).padded(20)) \(figures)".fitted(Self.width)
            }
    }

    private var suppliers: [String] {
        guard !supply.suppliers.isEmpty else { return [] }
        let titles = zip(["feed age", "owed", "missed", "stale", "lost", "parcels", "taken whole", "score"], Self.supplyWidths)
        var lines = ["", "Suppliers", "  location".padded(17) + titles.map { " " + $0.leftPadded($1) }.joined()]
        for supplier in supply.suppliers {
            let share = supplier.reliability.map { ", \(percent($0)) of \(supplier.parcels.grouped) parcels taken whole" } ?? ""
            let score = supplier.score.map { ": score \($0)" } ?? ""
            let age = supplier.observedAt.map { ", oldest feed \(Ages.words(from: $0, to: now))" } ?? ""
            lines.append("  \(supplier.id ?? "no supplier")\(score)\(age)\(share)".fitted(Self.width))
            lines += supplier.places.map(line)
        }
        return lines
    }

    private func line(_ place: SupplyReport.Place) -> String {
        let age: String = place.observedAt.map { Ages.words(from: $0, to: now) } ?? "never"
        let owed: String = place.intervalMinutes.map { minutes in "\(minutes) min" } ?? "-"
        let missed: String = place.missed.map { intervals in String(intervals) } ?? "-"
        let share: String = place.reliability.map(percent) ?? "-"
        let counts: [String] = [place.figures.stale, place.figures.abandoned, place.figures.parcels].map { count in String(count) }
        let cells: [String] = [age, owed, missed] + counts + [share, String(place.score)]
        let figures = zip(cells, Self.supplyWidths).map { " " + $0.leftPadded($1) }.joined()
        return "    \(place.location.fitted(13).padded(13))\(figures)".fitted(Self.width)
    }

    private func rate(_ units: Double) -> String { String(format: units < 10 ? "%.2f" : units < 1_000 ? "%.1f" : "%.0f", units) }
    private func days(_ days: Double) -> String { String(format: days < 100 ? "%.1f" : "%.0f", days) }
    private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
    private func number(_ value: Double) -> String { String(format: "%g", value) }
}
