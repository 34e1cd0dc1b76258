/// What a transaction sees of the others.
package enum Isolation: Sendable, Hashable {
    /// Each statement sees what was committed before it began.
    case readCommitted
    /// All statements see what was committed before the first of them.
    case repeatableRead
    /// As if the transactions had run one after the other; fails with 40001 where they could not.
    case serializable

    func begin(readOnly: Bool) -> String {
        switch (self, readOnly) {
        case (.readCommitted, false): "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
        case (.readCommitted, true): "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"
        case (.repeatableRead, false): "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE"
        case (.repeatableRead, true): "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case (.serializable, false): "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
        case (.serializable, true): "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY"
        }
    }
}
