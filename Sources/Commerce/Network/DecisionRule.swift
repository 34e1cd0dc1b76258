/// How long it is kept why orders were routed as they were, and what they found.
package struct DecisionRule: Hashable, Sendable, Codable {
    /// Days from a decision until it is cleared away.
    package var keepDays: Int64

    package init(keepDays: Int64 = 90) { self.keepDays = keepDays }
}
