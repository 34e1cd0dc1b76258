/// Goods that arrive later than their customer was told.
package struct DeliveryChange: Hashable, Sendable {
    /// What another parcel than before brings now, and when.
    package struct NewParcel: Hashable, Sendable {
        package var delivery: DeliveryEstimate?
        /// By the lines' places in the order.
        package var lines: [LineUnits]

        package init(delivery: DeliveryEstimate?, lines: [LineUnits]) {
            self.delivery = delivery
            self.lines = lines
        }
    }

    /// When the parcels that are later arrive.
    package var delivery: DeliveryEstimate
    /// The last day that was told of their goods before.
    package var before: CivilDate
    /// Those goods, by line.
    package var lines: [LineUnits]

    /// What is to be told of units that were taken back and go out in other parcels; `nil` where nothing arrives later than was told, or no
    /// date was known before or is known now.
    ///
    /// - Parameters:
    ///   - parcels: the new ones.
    ///   - lost: the lines of which something was taken back since the customer heard of them.
    ///   - told: of lines, the last day of all parcels that there ever were: whoever was told a later day once has heard of it.
    package static func later(_ parcels: [NewParcel], lost: Set<Int>, told: [Int: CivilDate]) -> DeliveryChange? {
        var units: [Int: Int64] = [:]
        var (windows, before): ([DeliveryEstimate], CivilDate?) = ([], nil)
        for parcel in parcels {
            guard let delivery = parcel.delivery else { continue }
            let late = parcel.lines.filter { line in lost.contains(line.line) && told[line.line].map { $0 < delivery.latest } ?? false }
            guard !late.isEmpty else { continue }
            windows.append(delivery)
            for line in late {
                units[line.line, default: 0] += line.quantity
                before = max(before, told[line.line])
            }
        }
        guard let delivery = DeliveryEstimate.covering(windows), let before else { return nil }
        return DeliveryChange(
            delivery: delivery,
            before: before,
            lines: units.sorted { $0.key < $1.key }.map { LineUnits(line: $0.key, quantity: $0.value) }
        )
    }

    private static func max(_ one: CivilDate?, _ other: CivilDate?) -> CivilDate? {
        guard let one, let other else { return one ?? other }
        return one < other ? other : one
    }
}
