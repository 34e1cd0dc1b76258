/// What became of units that a parcel was to hold, where they did not leave with it: who took them out of it, and why.
package enum ParcelWithdrawal: Hashable, Sendable {
    /// The location said no.
    case refused(ParcelRefusal)
    /// The location kept silent until its time was up.
    case unanswered
    /// An agent took them away from the location, and gave them to another one; `nil`: to whichever sourcing finds.
    case rerouted(to: String?)
    /// They were blocked on the location's shelf, and may not be sold.
    case blocked
    /// The channel, or an agent, cancelled them.
    case cancelled(reason: String?)
    /// They lay ready at the store, and nobody came.
    case neverCollected

    /// The reason that the location is told.
    package var reason: String {
        switch self {
        case .refused(let refusal): refusal.rawValue
        case .unanswered: ParcelRefusal.noAnswer.rawValue
        case .rerouted: ParcelRefusal.rerouted.rawValue
        case .blocked: Self.blockedText
        case .cancelled(let reason): reason ?? Self.cancelledText
        case .neverCollected: PickupRule.neverCollected
        }
    }

    /// The cause alone, as programs read it.
    package var cause: String {
        if case .cancelled = self { Self.cancelledText } else { reason }
    }

    /// As the order's story keeps it: what a channel gives as its reason is never taken for another cause.
    package var detail: String {
        switch self {
        case .cancelled(let reason): Self.cancelledText + (reason.map { ": \($0)" } ?? "")
        case .rerouted(let location): reason + (location.map { ": \($0)" } ?? "")
        case .refused, .unanswered, .blocked, .neverCollected: reason
        }
    }

    /// Reads what `detail` gave. Anything else is what stories kept before of a cancellation: its reason alone.
    package init(detail: String) {
        let colon = detail.firstIndex(of: ":")
        let rest = colon.map { detail[$0...].dropFirst() }.flatMap { $0.first == " " ? String($0.dropFirst()) : nil }
        let cause = rest == nil ? detail[...] : detail[..<(colon ?? detail.endIndex)]
        switch (cause, rest) {
        case (Self.cancelledText[...], let reason): self = .cancelled(reason: reason)
        case (ParcelRefusal.rerouted.rawValue[...], let location): self = .rerouted(to: location)
        case (ParcelRefusal.noAnswer.rawValue[...], nil): self = .unanswered
        case (Self.blockedText[...], nil): self = .blocked
        case (PickupRule.neverCollected[...], nil): self = .neverCollected
        default: self = ParcelRefusal(rawValue: detail).map(ParcelWithdrawal.refused) ?? .cancelled(reason: detail)
        }
    }

    private static let blockedText = "blocked"
    private static let cancelledText = "cancelled"
}
