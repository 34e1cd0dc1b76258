/// What the store found that cannot be: each is a fault of ours, to be seen by an engineer, not worth a retry.
package enum StoreError: Error, Sendable, CustomStringConvertible {
    /// A row that was there a moment ago under our own lock is gone.
    case vanished(String)
    /// A stored value this version cannot read.
    case unreadable(String)
    /// An invariant that the caller relies on does not hold.
    case inconsistent(String)

    package var description: String {
        switch self {
        case .vanished(let what): "a \(what) row vanished"
        case .unreadable(let what): "a stored \(what) cannot be read"
        case .inconsistent(let what): "inconsistent: \(what)"
        }
    }
}
