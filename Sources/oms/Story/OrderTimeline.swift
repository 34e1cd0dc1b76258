internal import Commerce
internal import Messages
internal import Store

/// What happened to an order, a line each and a sentence where a line does not say why.
struct OrderTimeline {
    let story: OrderStory
    let network: NetworkSnapshot
    let width: Int

    private struct Moment {
        var at: Timestamp
        var lines: [String]
    }

    /// Dated once a day: most stories are short.
    var lines: [String] {
        var day = ""
        return moments.flatMap { moment -> [String] in
            let date = String(moment.at.minuteText.prefix(10))
            defer { day = date }
            return (date == day ? [] : ["        \(date), UTC"]) + moment.lines.map { $0.fitted(width) }
        }
    }

    /// The events in their order, and what locations refused between them.
    private var moments: [Moment] {
        let refusals = PlacedRefusals(story).byEvent
        return (0...story.events.count).flatMap { index -> [Moment] in
            let refused = (refusals[index] ?? []).map(moment)
            return index < story.events.count ? refused + [moment(story.events[index])] : refused
        }
    }

    private func moment(_ event: OrderStory.HappenedEvent) -> Moment {
        let type = event.type?.rawValue ?? "of a newer version"
        let head = "  \(String(event.sequence).leftPadded(4))  \(event.at.clockText)  \(type.padded(26))  \(event.reference ?? "")"
        return Moment(at: event.at, lines: [head] + (sentence(event).map(told) ?? []))
    }

    private func moment(_ placed: PlacedRefusals.Placed) -> Moment {
        let refusal = placed.refusal
        let head = "        \(refusal.at.clockText)  \("rejected".padded(26))  \(FulfillmentID.text(refusal.fulfillment))"
        let place = network.location(key: refusal.location)?.location.id ?? "?"
        let sentence =
            placed.isLate
            ? "\(place) would not have shipped it either (\(ParcelWithdrawal.refused(refusal.reason).words)), but it was taken back before"
            : ParcelWithdrawal.refused(refusal.reason).sentence(at: place)
        return Moment(at: refusal.at, lines: [head] + told(sentence))
    }

    private func told(_ sentence: String) -> [String] { sentence.wrapped(width, indent: Self.indent) }

    private func sentence(_ event: OrderStory.HappenedEvent) -> String? {
        if let withdrawal = event.withdrawal { return withdrawal.sentence(at: place(of: event.reference)) }
        guard let detail = event.detail else {
            return event.type == .orderPromiseChanged ? "its date is another than was told, or no longer known" : nil
        }
        switch event.type {
        case .orderSourced: return DeliveryEstimate(interval: detail).map { "arrives \($0.words)" }
        case .orderPromiseChanged: return DeliveryEstimate(interval: detail).map { "later than told: arrives \($0.words)" }
        case .fulfillmentLateAnswer where detail == Event.FulfillmentLateAnswer.Answer.accepted.rawValue:
            return "\(place(of: event.reference)) would ship it, but it was taken back before"
        default: return nil
        }
    }

    /// Where a parcel ships from.
    private func place(of fulfillment: String?) -> String {
        let parcel = story.fulfillments.first { FulfillmentID.text($0.key) == fulfillment }
        return parcel.flatMap { network.location(key: $0.location)?.location.id } ?? "the location"
    }

    private static let indent = 18
}

extension DeliveryEstimate {
    /// After "arrives".
    var words: String { earliest == latest ? "on \(latest)" : "from \(earliest) to \(latest)" }
}

extension OrderStory {
    /// When the parcels arrive of which an event told; `nil` where it tells of none, or not when.
    func delivery(toldAt sequence: Int32) -> DeliveryEstimate? {
        events.first { $0.sequence == sequence && $0.type == .orderSourced }?.detail.flatMap(DeliveryEstimate.init(interval:))
    }
}
