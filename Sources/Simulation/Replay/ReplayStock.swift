internal import Commerce
internal import Messages

/// The made-up stock of a replay: what the file sells in a quarter of a year, and a little more, lies there when the quarter begins.
///
/// From the file's own sales and write-offs, counted in a first pass. Each product gets 5 % more than is needed; one in a hundred
/// product quarters gets 20 % too little (never where stock is written off, which nobody can wait for), which is made up
/// at the next delivery, so that orders wait and are filled. The first delivery is a full feed, each later one adjustments.
struct ReplayStock {
    private struct Demand {
        var sold: Int64 = 0
        var writtenOff: Int64 = 0
    }

    private static let monthsPerPeriod = 3
    /// More units a message about stock does not take.
    private static let largestDelivery: Int64 = 1_000_000_000
    /// Items in one part of the first feed.
    private static let itemsPerPart = 1_000

    private var demand: [String: [Demand]] = [:]
    private var firstMonth: Int?
    private(set) var firstTime = Timestamp(rawValue: 0)
    private(set) var lastTime = Timestamp(rawValue: 0)
    private(set) var periods = 0

    mutating func count(_ row: RetailRow) {
        let day = CivilDate(row.time)
        let month = day.year * 12 + day.month - 1
        if firstMonth == nil { (firstMonth, firstTime, lastTime) = (month, row.time, row.time) }
        firstTime = min(firstTime, row.time)
        lastTime = max(lastTime, row.time)
        guard !row.isCancellation, FeeCode(row.code) == nil, row.isWithinBounds else { return }
        // A row from before the first counts in the first period; more than 100 periods, 25 years, are no shop's history.
        let period = min(99, max(0, (month - (firstMonth ?? month)) / Self.monthsPerPeriod))
        periods = max(periods, period + 1)
        var list = demand[row.code] ?? []
        while list.count <= period { list.append(Demand()) }
        if row.quantity > 0 { list[period].sold += row.quantity } else { list[period].writtenOff -= row.quantity }
        demand[row.code] = list
    }

    /// Units to bring in at the beginning of each period, and (last) after the end, at a product's home and in the northern warehouse.
    private func deliveries(_ code: String, _ list: [Demand]) -> [Int64] {
        var deliveries: [Int64] = []
        var (needed, received): (Int64, Int64) = (0, 0)
        for period in 0..<periods {
            let demand = period < list.count ? list[period] : Demand()
            needed += demand.sold + demand.writtenOff
            let isShort = demand.writtenOff == 0 && StableHash.of("\(period) short of \(code)") % 100 == 0
            let target = isShort ? needed - demand.sold / 5 : needed + (needed + 19) / 20
            let delivered = min(Self.largestDelivery, max(0, target - received))
            deliveries.append(delivered)
            received += delivered
        }
        deliveries.append(min(Self.largestDelivery, max(0, needed - received)))
        return deliveries
    }

    /// When a period's goods come in: at the first minute of its first month.
    private func begin(_ period: Int) -> Timestamp {
        let month = (firstMonth ?? 0) + period * Self.monthsPerPeriod
        return Timestamp(seconds: CivilDate(year: month / 12, month: month % 12 + 1, day: 1).dayNumber * 86_400)
    }

    /// The opening feeds, then every later delivery, in time order.
    func messages() -> [ScriptMessage] {
        guard firstMonth != nil else { return [] }
        var opening: [String: [StockReported.Item]] = [:]
        var later: [[ScriptMessage]] = Array(repeating: [], count: periods + 1)
        for (code, list) in demand.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            let hasWriteOffs = list.contains { $0.writtenOff > 0 }
            for (period, units) in deliveries(code, list).enumerated() {
                let home = ReplayNetwork.home(code)
                let north = ReplayNetwork.isShared(code) && !hasWriteOffs ? units * 3 / 10 : 0
                for (location, units) in north > 0 ? [(home, units - north), ("uk-north", north)] : [(home, units)] {
                    if period == 0 {
                        opening[location, default: []].append(StockReported.Item(sku: code, onHand: units))
                    } else if units > 0 {
                        later[period].append(delivery(code, location, units, period))
                    }
                }
            }
        }
        return feeds(opening) + later.flatMap { $0 }
    }

    private func delivery(_ code: String, _ location: String, _ units: Int64, _ period: Int) -> ScriptMessage {
        let time = period < periods ? max(begin(period), firstTime) : lastTime.adding(seconds: 3_600)
        let body = StockAdjusted(
            location: location,
            adjustmentID: "delivery-\(period)-\(code)",
            sku: code,
            delta: units,
            reason: "goods received",
            occurredAt: time
        )
        return ScriptMessage(body, at: time)
    }

    private func feeds(_ opening: [String: [StockReported.Item]]) -> [ScriptMessage] {
        let time = firstTime.adding(seconds: -3_600)
        return opening.sorted { $0.key < $1.key }.flatMap { location, items in
            StockReported.parts(
                location: location,
                sequence: 1,
                observedAt: time,
                mode: .full,
                items: items,
                itemsPerPart: Self.itemsPerPart
            )
            .map { ScriptMessage($0, at: time) }
        }
    }
}
