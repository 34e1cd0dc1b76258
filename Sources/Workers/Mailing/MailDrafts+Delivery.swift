internal import Commerce
internal import MailTemplates
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

    /// What of an order got later and is not mailed yet, where this event is the newest that tells of it: of several, the last one's mail
    /// tells of all.
    func delay(of order: Int64, toldBy event: ReceivedEvent) -> (lines: [DeliveryDelays.Unsettled], sequence: Int32)? {
        guard event.type == .orderPromiseChanged, let lines = delays[order], let newest = lines.map(\.delay.sequence).max(),
            event.sequence == Int64(newest)
        else { return nil }
        return (lines, newest)
    }

    /// The goods that arrive later than their customer knows, as things stand now; with the days of their parcels, where all of them are in
    /// parcels of which the days are known.
    func later(
        _ lines: [DeliveryDelays.Unsettled],
        of order: Int64,
        document: PlacedOrder
    ) -> (items: [MailItem], delivery: DeliveryEstimate?) {
        var items: [MailItem] = []
        var windows: [DeliveryEstimate?] = []
        let isCollected = document.shipping?.pickupLocation != nil
        for line in lines {
            let delay = line.delay
            let ordered = document.lines[Int(delay.line)]
            // What is being looked for elsewhere was in a parcel of which the same is known.
            if let wait = waiting[order]?.first(where: { $0.line == delay.line }), delay.waits || !wait.isTold,
                wait.word.isWorse(than: delay.known)
            {
                items.append(item(ordered, quantity: wait.quantity, expected: wait.word.day, preorder: wait.preorder))
                windows.append(nil)
            }
            for parcel in fulfillments[order] ?? [] where !isCollected && parcel.createdAt >= line.since {
                let units = parcel.lines.reduce(0) { $1.line == delay.line ? $0 + $1.quantity - $1.cancelled : $0 }
                let word = DeliveryWord(parcel.delivery?.latest)
                // Goods that waited and leave now are not worse off for want of a transit table.
                guard units > 0, word.isWorse(than: delay.known), word != .unknown || !delay.waits else { continue }
                items.append(item(ordered, quantity: units, expected: word.day))
                windows.append(parcel.delivery)
            }
        }
        let known = windows.compactMap { $0 }
        guard !known.isEmpty, known.count == windows.count else { return (items, nil) }
        return (items.map { MailItem(sku: $0.sku, name: $0.name, quantity: $0.quantity) }, .covering(known))
    }

    /// What is not there, and what lies there and goes out with it. Where all of it lies there, but cannot go out as it is, all of it waits.
    func backordered(_ lines: [Event.Line], of document: PlacedOrder, in timeZone: String) -> MailContent {
        let missing = lines.filter { !$0.inStock }
        guard !missing.isEmpty else { return .orderBackordered(waiting: items(lines, of: document, in: timeZone)) }
        return .orderBackordered(
            waiting: items(missing, of: document, in: timeZone),
            there: items(lines.filter(\.inStock), of: document, in: timeZone)
        )
    }

    private func item(_ line: OrderLine, quantity: Int64, expected: CivilDate?, preorder: Bool = false) -> MailItem {
        MailItem(sku: line.sku, name: line.name, quantity: quantity, expected: expected, preorder: preorder)
    }
}

extension DeliveryEstimate {
    /// What of the days is still to come; `nil` where they are over.
    func remaining(on today: CivilDate) -> DeliveryEstimate? {
        latest < today ? nil : DeliveryEstimate(earliest: max(earliest, today), latest: latest)
    }
}
