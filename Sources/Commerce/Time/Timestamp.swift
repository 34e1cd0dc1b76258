/// A moment: microseconds since 1970-01-01T00:00:00Z, the precision PostgreSQL keeps.
package struct Timestamp: RawRepresentable, Hashable, Sendable, Comparable, Codable {
    package var rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }

    /// The moment `seconds` after 1970-01-01T00:00:00Z.
    package init(seconds: Int64) { rawValue = seconds * 1_000_000 }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.rawValue < right.rawValue }

    /// This moment moved by whole seconds, forward or (negative) back.
    package func adding(seconds: Int64) -> Timestamp { Timestamp(rawValue: rawValue + seconds * 1_000_000) }
}
