internal import Commerce
internal import Messages
internal import Store

extension ParcelWithdrawal {
    /// What happened, in a sentence of its own for each cause.
    ///
    /// - Parameter place: id of the location.
    func sentence(at place: String) -> String {
        switch self {
        case .refused(.outOfStock): "\(place) has not got the goods; looked for elsewhere"
        case .refused(.damaged): "\(place) found the goods damaged; looked for elsewhere"
        case .refused(.capacity): "\(place) has no capacity; looked for elsewhere"
        case .refused(.other): "\(place) would not ship; looked for elsewhere"
        case .refused(.noAnswer), .unanswered: "\(place) did not answer in time; looked for elsewhere"
        case .refused(.rerouted), .rerouted(nil): "an agent took it away from \(place); looked for elsewhere"
        case .rerouted(let location?): "an agent took it away from \(place), for \(location) to ship"
        case .blocked: "units at \(place) were blocked; looked for elsewhere"
        case .cancelled(nil): "the order was cancelled before \(place) shipped it"
        case .cancelled(let reason?): "the order was cancelled before \(place) shipped it: \(reason)"
        case .neverCollected: "nobody collected it at \(place); its goods are free again"
        }
    }

    /// The same, as short as a parcel's entry wants it.
    var words: String {
        switch self {
        case .refused(.outOfStock): "refused: sold out there"
        case .refused(.damaged): "refused: damaged there"
        case .refused(.capacity): "refused: no capacity"
        case .refused(.other): "refused"
        case .refused(.noAnswer), .unanswered: "taken back: no answer in time"
        case .refused(.rerouted), .rerouted(nil): "taken back by an agent"
        case .rerouted(let location?): "given to \(location) by an agent"
        case .blocked: "taken back: goods blocked there"
        case .cancelled(nil): "cancelled with the order"
        case .cancelled(let reason?): "cancelled with the order: \(reason)"
        case .neverCollected: "never collected"
        }
    }
}

/// What locations said they do not ship, each in its place among an order's events.
struct PlacedRefusals {
    /// A refusal, and whether the parcel had been taken back before.
    struct Placed {
        var refusal: OrderStory.Refusal
        var isLate: Bool
    }

    /// By index into the events, what was said before that event; at their count, what was said after the last.
    let byEvent: [Int: [Placed]]

    /// A location's clock is its own: what it says of a parcel stands behind the request for it, whatever time it claims, and what
    /// came too late before the event that tells so.
    init(_ story: OrderStory) {
        var placed: [Int: [Placed]] = [:]
        let parcels = Dictionary(grouping: story.refusals, by: \.fulfillment).sorted { $0.key < $1.key }
        for (fulfillment, refusals) in parcels {
            let id = FulfillmentID.text(fulfillment)
            let own = story.events.indices.filter { story.events[$0].reference == id }
            let asked = own.first { story.events[$0].type == .fulfillmentRequested }.map { $0 + 1 } ?? 0
            let late = own.filter { story.events[$0].isLateRefusal }
            let inTime = max(0, refusals.count - late.count)
            for refusal in refusals.prefix(inTime) {
                let place = story.events[asked...].firstIndex { $0.at > refusal.at } ?? story.events.count
                placed[place, default: []].append(Placed(refusal: refusal, isLate: false))
            }
            for (refusal, place) in zip(refusals.dropFirst(inTime), late) {
                placed[place, default: []].append(Placed(refusal: refusal, isLate: true))
            }
        }
        byEvent = placed.mapValues { $0.sorted { $0.refusal.at < $1.refusal.at } }
    }
}

extension OrderStory.HappenedEvent {
    /// Why units were taken out of a parcel, where the event tells of that.
    var withdrawal: ParcelWithdrawal? {
        type == .fulfillmentCancelled ? detail.map(ParcelWithdrawal.init(detail:)) ?? .cancelled(reason: nil) : nil
    }

    /// Whether it tells of a refusal that came when the parcel had been taken back.
    fileprivate var isLateRefusal: Bool {
        type == .fulfillmentLateAnswer && detail != Event.FulfillmentLateAnswer.Answer.accepted.rawValue
    }
}

extension OrderStory {
    /// Why units of parcels did not leave with them, by the parcel's id, oldest first.
    var withdrawals: [String: [ParcelWithdrawal]] {
        let placed = PlacedRefusals(self).byEvent
        var withdrawals: [String: [ParcelWithdrawal]] = [:]
        for index in 0...events.count {
            for refused in placed[index] ?? [] where !refused.isLate {
                withdrawals[FulfillmentID.text(refused.refusal.fulfillment), default: []].append(.refused(refused.refusal.reason))
            }
            guard index < events.count, let id = events[index].reference, let taken = events[index].withdrawal else { continue }
            withdrawals[id, default: []].append(taken)
        }
        return withdrawals
    }
}
