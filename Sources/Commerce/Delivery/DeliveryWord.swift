/// What can be said of when goods reach their customer: the last word that was told, or the one that holds now.
///
/// In the order of how good it is: goods that are there need no date, a sooner day is better than a later one, and the worst is not to know.
package enum DeliveryWord: Hashable, Sendable, Comparable {
    /// They lie there, and wait for the rest of their order at most.
    case there
    /// They arrive on that day at the latest.
    case date(CivilDate)
    /// Nobody knows.
    case unknown

    /// The word of a day that may not be known.
    package init(_ day: CivilDate?) { self = day.map(Self.date) ?? .unknown }

    /// The day, where one is known.
    package var day: CivilDate? { if case .date(let day) = self { day } else { nil } }

    /// Whether the customer has to hear that it got worse than what was told last.
    package func isWorse(than told: DeliveryWord) -> Bool { told < self }
}
