/// Where an order stands. The raw value is what the database keeps: a number is never given a new meaning.
///
/// ```
/// paymentPending ─ releasePayment ─▶ accepted ─ backorder ─▶ waiting ─┐
///       │                              │ └──────── source ────────────┴─▶ partlySourced / sourced
///       │ failPayment                  │ cancel                                     │ dispatch
///       ▼                              ▼                                            ▼
///    cancelled ◀──── nothing was shipped, nothing is left ────          partlyShipped ─▶ completed
/// ```
package enum OrderStatus: Int16, Sendable, CaseIterable {
    /// Taken, but not sourced before a payment that is pending comes in.
    case paymentPending = 1
    /// Free to be sourced; not decided yet.
    case accepted = 2
    /// Decided: there was no stock for it, or not for all of it; nothing is reserved. It waits for stock.
    case waiting = 3
    /// Some units are reserved, others wait; nothing was shipped.
    case partlySourced = 4
    /// Every open unit is reserved; nothing was shipped.
    case sourced = 5
    /// Some units were shipped, others are open.
    case partlyShipped = 6
    /// Every unit was shipped or cancelled, at least one shipped.
    case completed = 7
    /// Every unit was cancelled.
    case cancelled = 8

    /// Nothing is open anymore.
    package var isClosed: Bool { self == .completed || self == .cancelled }
    /// Sourcing may decide for it.
    package var wantsStock: Bool { self != .paymentPending && !isClosed }
}
