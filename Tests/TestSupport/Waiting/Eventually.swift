/// Waits for a condition that has no signal to wait for, by asking again and again, no longer than `deadline`.
///
/// - Parameters:
///   - what: what is waited for, told when it does not come.
///   - deadline: how long to wait; generous, since it is only used up when the test fails.
/// - Throws: `TestSupportError` when the time is up; what `condition` throws.
package func eventually(
    _ what: String,
    within deadline: Duration = .seconds(240),
    every pause: Duration = .milliseconds(20),
    _ condition: () async throws -> Bool
) async throws {
    _ = try await eventuallyValue(what, within: deadline, every: pause) { try await condition() ? true : nil }
}

/// As ``eventually(_:within:every:_:)``, for something that is there at last: gives what `find` found.
package func eventuallyValue<Value>(
    _ what: String,
    within deadline: Duration = .seconds(240),
    every pause: Duration = .milliseconds(20),
    _ find: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + deadline
    while true {
        if let value = try await find() { return value }
        guard ContinuousClock.now < end else { throw TestSupportError("not within \(deadline): \(what)") }
        try await Task.sleep(for: pause)
    }
}
