/// How far a location's stock feed has come: the newest sequence and which of its parts are in.
package struct FeedProgress: Hashable, Sendable {
    package enum Mode: String, Sendable, CaseIterable {
        /// Names everything the location has: what no part names is 0.
        case full
        /// Names what changed.
        case partial
    }

    /// One message of a feed.
    package struct Part: Hashable, Sendable {
        package var sequence: Int64
        package var mode: Mode
        /// 1 to `parts`.
        package var part: Int64
        package var parts: Int64

        package init(sequence: Int64, mode: Mode, part: Int64 = 1, parts: Int64 = 1) {
            self.sequence = sequence
            self.mode = mode
            self.part = part
            self.parts = parts
        }
    }

    /// What to do with a part.
    package enum Step: Hashable, Sendable {
        /// Its items count. `completes`: it was the last one missing; `zeroesUnnamed`: then, as the feed is full, every SKU of the location that no
        /// part of this sequence named becomes 0; `abandonsOlder`: an older sequence was still incomplete and is given up.
        case apply(completes: Bool, zeroesUnnamed: Bool, abandonsOlder: Bool)
        /// Of a sequence below the newest: acknowledged, counted, without effect.
        case stale
        /// This part is in already: the caller compares contents, and refuses other content with `conflict`.
        case again
    }

    package private(set) var sequence: Int64
    package private(set) var mode: Mode
    package private(set) var parts: Int64
    /// Which parts are in.
    package private(set) var seen: Set<Int64>

    /// A state as it was stored.
    package init(sequence: Int64, mode: Mode, parts: Int64, seen: Set<Int64>) {
        self.sequence = sequence
        self.mode = mode
        self.parts = parts
        self.seen = seen
    }

    package var isComplete: Bool { seen.count == parts }

    /// The most parts one feed may have: 10^4 parts of 1 MiB.
    package static let maximumParts: Int64 = 10_000

    /// Takes a part in.
    /// - Parameter progress: the location's progress; `nil` before its first feed. Changed only by `apply`.
    /// - Throws: `invalid_field` for a part out of range; `conflict` where parts of one sequence disagree about their number or mode.
    package static func take(_ part: Part, into progress: inout FeedProgress?) throws(OrderRefusal) -> Step {
        guard (1...maximumParts).contains(part.parts) else {
            throw OrderRefusal(.invalidField, "/parts", "A feed has 1 to 10,000 parts.")
        }
        guard (1...part.parts).contains(part.part) else {
            throw OrderRefusal(.invalidField, "/part", "A part is 1 to the number of parts.")
        }
        guard let known = progress, known.sequence >= part.sequence else {
            let abandons = progress.map { !$0.isComplete } ?? false
            let next = FeedProgress(sequence: part.sequence, mode: part.mode, parts: part.parts, seen: [part.part])
            progress = next
            return step(next, abandonsOlder: abandons)
        }
        guard known.sequence == part.sequence else { return .stale }
        guard known.parts == part.parts else {
            throw OrderRefusal(.conflict, "/parts", "An earlier part of the sequence said it has \(known.parts) parts.")
        }
        guard known.mode == part.mode else {
            throw OrderRefusal(.conflict, "/mode", "An earlier part of the sequence had mode \(known.mode.rawValue).")
        }
        guard !known.seen.contains(part.part) else { return .again }
        var next = known
        next.seen.insert(part.part)
        progress = next
        return step(next, abandonsOlder: false)
    }

    private static func step(_ progress: FeedProgress, abandonsOlder: Bool) -> Step {
        let completes = progress.isComplete
        return .apply(completes: completes, zeroesUnnamed: completes && progress.mode == .full, abandonsOlder: abandonsOlder)
    }
}
