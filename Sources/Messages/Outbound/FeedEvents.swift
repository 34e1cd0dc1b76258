package import Commerce

extension Event {
    /// `location.feed_late`, `location.dropped`, `location.restored`: how a location keeps to the feed interval it owes.
    package struct LocationFeed: EventData {
        package enum Kind: String, Sendable, CaseIterable {
            /// More intervals have gone without a feed: more is kept back from sale.
            case late
            /// The location is out of sourcing until its next feed.
            case dropped
            /// It is in time again.
            case restored
        }

        package var kind: Kind
        package var location: String
        package var missedIntervals: Int64
        /// Percent of what is on hand that is kept back from sale.
        package var bufferPercent: Int64
        /// What it owes; `nil` where it owes none any more.
        package var intervalMinutes: Int64?
        /// When its last feed was complete.
        package var lastFeedAt: Timestamp

        package init(
            kind: Kind,
            location: String,
            missedIntervals: Int64,
            bufferPercent: Int64,
            intervalMinutes: Int64?,
            lastFeedAt: Timestamp
        ) {
            self.kind = kind
            self.location = location
            self.missedIntervals = missedIntervals
            self.bufferPercent = bufferPercent
            self.intervalMinutes = intervalMinutes
            self.lastFeedAt = lastFeedAt
        }

        package var type: EventType {
            switch kind {
            case .late: .locationFeedLate
            case .dropped: .locationDropped
            case .restored: .locationRestored
            }
        }

        package var subject: String { location }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("location", location)
            json.member("missedIntervals", missedIntervals)
            json.member("bufferPercent", bufferPercent)
            json.member("intervalMinutes", optional: intervalMinutes)
            json.member("lastFeedAt", lastFeedAt)
            json.endObject()
        }
    }

    /// `feed.suspicious`: a feed that is out of the ordinary. It counts all the same.
    package struct FeedSuspicious: EventData {
        package enum Kind: String, Sendable, CaseIterable {
            /// Sequence numbers were left out.
            case gap
            /// It comes behind a newer one, or again with other content: without effect.
            case `repeat`
            /// Counts that are far from what was expected.
            case jump
        }

        package var kind: Kind
        package var location: String
        package var sequence: Int64
        /// The sequence that would have been next; not told of a jump.
        package var expectedSequence: Int64?
        /// How many SKUs jumped; only told of a jump.
        package var skus: Int64?

        package init(kind: Kind, location: String, sequence: Int64, expectedSequence: Int64? = nil, skus: Int64? = nil) {
            self.kind = kind
            self.location = location
            self.sequence = sequence
            self.expectedSequence = expectedSequence
            self.skus = skus
        }

        package var type: EventType { .feedSuspicious }
        package var subject: String { location }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("location", location)
            json.member("sequence", sequence)
            json.member("kind", kind.rawValue)
            json.member("expectedSequence", optional: expectedSequence)
            json.member("skus", optional: skus)
            json.endObject()
        }
    }
}
