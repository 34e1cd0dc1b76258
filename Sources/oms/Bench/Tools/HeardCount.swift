internal import Synchronization

/// How much was heard, for who listens and for who watches.
final class HeardCount: Sendable {
    private let value = Atomic<Int>(0)

    var count: Int { value.load(ordering: .relaxed) }
    func add(_ number: Int) { value.add(number, ordering: .relaxed) }
}
