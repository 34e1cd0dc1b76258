/// Whether waiting makes sense: as long as something moves, however slow the machine is.
///
/// What was seen before is no movement, so that messages which go round and round do not keep a run waiting for ever.
package struct ChaosProgress<Standing: Hashable & Sendable>: Sendable {
    private let patience: Duration
    private var seen: Set<Standing> = []
    private var lastMove: ContinuousClock.Instant

    /// - Parameter patience: so long nothing may move.
    package init(patience: Duration, at now: ContinuousClock.Instant) {
        self.patience = patience
        lastMove = now
    }

    /// Takes in where things stand.
    ///
    /// - Parameters:
    ///   - standing: `nil` where nobody could tell; that is no movement either.
    ///   - further: patience beyond the usual, for what is known to lie still so long.
    /// - Returns: whether to look again.
    package mutating func isWorthWaiting(
        _ standing: Standing?,
        at now: ContinuousClock.Instant,
        further: Duration = .zero
    ) -> Bool {
        if let standing, seen.insert(standing).inserted { lastMove = now }
        return now - lastMove < patience + further
    }
}
