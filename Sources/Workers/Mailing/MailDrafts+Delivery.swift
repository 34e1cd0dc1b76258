internal import Commerce
internal import Messages
internal import Store

extension MailDrafts {
    /// When all of an order arrives; `nil` where some of it is in no parcel yet, or in one of which that is not known.
    func delivery(of order: Int64, document: PlacedOrder, today: CivilDate) -> DeliveryEstimate? {
        let parcels = (fulfillments[order] ?? []).filter { $0.lines.contains { $0.open > 0 } }
        guard !parcels.isEmpty, !parcels.contains(where: { $0.delivery == nil }) else { return nil }
        var sourced: [Int32: Int64] = [:]
        for parcel in parcels { for line in parcel.lines { sourced[line.line, default: 0] += line.open } }
        let isWhole = (lines[order] ?? []).allSatisfy { $0.quantity - $0.cancelled == sourced[$0.line] ?? 0 }
        return isWhole ? .covering(parcels.compactMap(\.delivery))?.remaining(on: today) : nil
    }

    /// Of goods on their way to us, those that are expected on a later day than was told, or on none any more.
    ///
    /// - Parameter timeZone: where the reader's days end.
    func delayed(_ lines: [Event.Line], in timeZone: String) -> [Event.Line] {
        let zone = TimeZoneOffset(timeZone)
        func day(_ moment: Timestamp) -> CivilDate { CivilDate(moment, offsetSeconds: zone.seconds(at: moment)) }
        return lines.filter { line in
            guard let before = line.promisedBefore else { return false }
            return line.promisedAt.map { day(before) < day($0) } ?? true
        }
    }
}

extension DeliveryEstimate {
    /// What of the days is still to come; `nil` where they are over.
    func remaining(on today: CivilDate) -> DeliveryEstimate? {
        latest < today ? nil : DeliveryEstimate(earliest: max(earliest, today), latest: latest)
    }
}
