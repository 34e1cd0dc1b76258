/// How long to wait before a transaction is run again after a deadlock or serialization failure.
enum RetryDelay {
    /// Doubles from 10 ms up to 640 ms; a random half of it, so that those who collided do not meet again.
    static func before(attempt: Int) -> Duration {
        let ceiling = 10_000 << min(max(attempt - 2, 0), 6)
        return .microseconds(Int.random(in: ceiling / 2...ceiling))
    }
}
