/// Goods that another parcel brings than was thought when their customer heard of them last, and later.
package struct DeliveryChange: Hashable, Sendable {
    /// What a new parcel brings, and when.
    package struct NewParcel: Hashable, Sendable {
        package var delivery: DeliveryEstimate?
        /// By the lines' places in the order.
        package var lines: [LineUnits]

        package init(delivery: DeliveryEstimate?, lines: [LineUnits]) {
            self.delivery = delivery
            self.lines = lines
        }
    }

    /// The last word on units that are in a new parcel now.
    package struct Told: Hashable, Sendable {
        package var word: DeliveryWord
        /// They were in another parcel before; else they waited for goods.
        package var wereInParcel: Bool

        package init(_ word: DeliveryWord, wereInParcel: Bool) {
            self.word = word
            self.wereInParcel = wereInParcel
        }
    }

    /// When the parcels that are later arrive; `nil`: that is not known any more.
    package var delivery: DeliveryEstimate?
    /// The last day that was told of their goods before.
    package var before: CivilDate
    /// Those goods, by line.
    package var lines: [LineUnits]

    package init(delivery: DeliveryEstimate?, before: CivilDate, lines: [LineUnits]) {
        self.delivery = delivery
        self.before = before
        self.lines = lines
    }

    /// What is to be told of the parcels: of those that are later than the last word on their goods, and of those of which no day is known
    /// although one was told. Where no day was told, none can get worse; and goods that waited and leave now are not worse off for want of
    /// a transit table.
    ///
    /// - Parameter told: the last word by line.
    package static func later(_ parcels: [NewParcel], told: [Int: Told]) -> [DeliveryChange] {
        var (dated, dateless) = (Gathering(), Gathering())
        for parcel in parcels {
            let word = DeliveryWord(parcel.delivery?.latest)
            for units in parcel.lines {
                guard let last = told[units.line], let before = last.word.day, word.isWorse(than: last.word) else { continue }
                if let delivery = parcel.delivery {
                    dated.add(units, before: before, delivery: delivery)
                } else if last.wereInParcel {
                    dateless.add(units, before: before, delivery: nil)
                }
            }
        }
        return [dated.change, dateless.change].compactMap { $0 }
    }

    private struct Gathering {
        private var units: [Int: Int64] = [:]
        private var windows: [DeliveryEstimate] = []
        private var before: CivilDate?

        mutating func add(_ more: LineUnits, before day: CivilDate, delivery: DeliveryEstimate?) {
            units[more.line, default: 0] += more.quantity
            if let delivery { windows.append(delivery) }
            before = before.map { max($0, day) } ?? day
        }

        var change: DeliveryChange? {
            before.map { before in
                DeliveryChange(
                    delivery: .covering(windows),
                    before: before,
                    lines: units.sorted { $0.key < $1.key }.map { LineUnits(line: $0.key, quantity: $0.value) }
                )
            }
        }
    }
}
