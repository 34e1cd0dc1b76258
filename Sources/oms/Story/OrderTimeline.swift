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

    /// The events in their order, and what locations refused before the first event that is later.
    private var moments: [Moment] {
        var refusals = story.refusals[...]
        var moments: [Moment] = []
        for event in story.events {
            while let refusal = refusals.first, refusal.at < event.at {
                moments.append(self.moment(refusal))
                refusals.removeFirst()
            }
            moments.append(self.moment(event))
        }
        return moments + refusals.map(self.moment)
    }

    private func moment(_ event: OrderStory.HappenedEvent) -> Moment {
        let type = event.type?.rawValue ?? "of a newer version"
        let head = "  \(String(event.sequence).leftPadded(4))  \(event.at.clockText)  \(type.padded(26))  \(event.reference ?? "")"
        return Moment(at: event.at, lines: [head] + (sentence(event).map { [Self.indent + $0] } ?? []))
    }

    private func moment(_ refusal: OrderStory.Refusal) -> Moment {
        let head = "        \(refusal.at.clockText)  \("rejected".padded(26))  \(FulfillmentID.text(refusal.fulfillment))"
        let place = network.location(key: refusal.location)?.location.id ?? "?"
        return Moment(at: refusal.at, lines: [head, Self.indent + "\(place) \(refusal.reason.clause); looked for elsewhere"])
    }

    private func sentence(_ event: OrderStory.HappenedEvent) -> String? {
        guard let detail = event.detail else { return nil }
        switch event.type {
        case .orderSourced: return DeliveryEstimate(interval: detail).map { "arrives \($0.words)" }
        case .orderPromiseChanged: return DeliveryEstimate(interval: detail).map { "later than told: arrives \($0.words)" }
        case .fulfillmentCancelled: return withdrawal(detail, of: event.reference)
        default: return nil
        }
    }

    private func withdrawal(_ reason: String, of fulfillment: String?) -> String {
        let parcel = story.fulfillments.first { FulfillmentID.text($0.key) == fulfillment }
        let place = parcel.flatMap { network.location(key: $0.location)?.location.id } ?? "the location"
        switch ParcelRefusal(rawValue: reason) {
        case .noAnswer: return "\(place) did not answer in time; looked for elsewhere"
        case .rerouted: return "an agent took it away from \(place)"
        default: break
        }
        return reason == "blocked" ? "units at \(place) were blocked; looked for elsewhere" : "cancelled: \(reason)"
    }

    private static let indent = "                  "
}

extension ParcelRefusal {
    /// After a location's name.
    fileprivate var clause: String {
        switch self {
        case .outOfStock: "has not got the goods"
        case .damaged: "found the goods damaged"
        case .capacity: "has no capacity"
        case .other: "would not ship"
        case .noAnswer: "did not answer in time"
        case .rerouted: "was relieved of it"
        }
    }
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
