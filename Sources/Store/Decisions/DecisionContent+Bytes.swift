internal import Commerce
internal import Foundation

extension DecisionContent {
    private static let version: UInt8 = 1

    /// As it is kept: some 30 bytes where one location ships.
    package var bytes: [UInt8] {
        var writer = CompactWriter(version: Self.version, capacity: 48)
        writer.optional(record.strategy)
        writer.optional(record.endedBy)
        writer.byte(
            (record.shortfall == nil ? 0 : 1) | (record.wasCut ? 2 : 0) | (record.winner == nil ? 0 : 4) | (record.runnerUp == nil ? 0 : 8)
        )
        if let shortfall = record.shortfall { writer.oneOf(shortfall, StoredCases.passes) }
        writer.list(record.passedOver) { writer, passed in
            writer.text(passed.strategy)
            writer.oneOf(passed.reason, StoredCases.passes)
        }
        writer.count(record.candidates)
        writer.count(record.nodes)
        writer.list(record.fenced) { writer, fenced in
            writer.integer(fenced.location)
            writer.oneOf(fenced.obstacle, StoredCases.obstacles)
        }
        writer.list(record.criteria) { $0.oneOf($1, StoredCases.criteria) }
        for score in [record.winner, record.runnerUp].compactMap(\.self) {
            writer.list(score.locations) { $0.integer($1) }
            writer.list(score.values) { $0.integer($1) }
        }
        writer.list(parcels) { writer, parcel in
            writer.integer(parcel.location)
            writer.integer(parcel.units)
        }
        for units in [waiting, held, cancelled] { writer.integer(units) }
        writer.optional(cancelReason)
        return writer.bytes
    }

    /// Reads what `bytes` gives, and the JSON that was kept before.
    package init(bytes: [UInt8]) throws {
        do {
            if bytes.first == UInt8(ascii: "{") {
                self = try JSONDecoder().decode(DecisionContent.self, from: Data(bytes))
            } else {
                try self.init(compact: bytes)
            }
        } catch {
            throw StoreError.unreadable("sourcing decision")
        }
    }

    private init(compact bytes: [UInt8]) throws(CompactReader.Corrupt) {
        var reader = try CompactReader(bytes, version: Self.version)
        var record = RoutingRecord(strategy: try reader.optional())
        record.endedBy = try reader.optional()
        let flags = try reader.byte()
        if flags & 1 != 0 { record.shortfall = try reader.oneOf(StoredCases.passes) }
        record.wasCut = flags & 2 != 0
        record.passedOver = try reader.list { reader throws(CompactReader.Corrupt) in
            PassedOverStrategy(strategy: try reader.text(), reason: try reader.oneOf(StoredCases.passes))
        }
        record.candidates = try reader.number()
        record.nodes = try reader.number()
        record.fenced = try reader.list { reader throws(CompactReader.Corrupt) in
            FencedLocation(location: try reader.integer(), obstacle: try reader.oneOf(StoredCases.obstacles))
        }
        record.criteria = try reader.list { reader throws(CompactReader.Corrupt) in try reader.oneOf(StoredCases.criteria) }
        if flags & 4 != 0 { record.winner = try reader.score() }
        if flags & 8 != 0 { record.runnerUp = try reader.score() }
        self.init(record: record)
        parcels = try reader.list { reader throws(CompactReader.Corrupt) in
            Parcel(location: try reader.integer(), units: try reader.integer())
        }
        (waiting, held, cancelled) = (try reader.integer(), try reader.integer(), try reader.integer())
        cancelReason = try reader.optional()
        guard reader.isAtEnd else { throw CompactReader.Corrupt() }
    }
}

extension CompactReader {
    fileprivate mutating func score() throws(Corrupt) -> RoutingScore {
        RoutingScore(
            locations: try list { reader throws(Corrupt) in try reader.integer() },
            values: try list { reader throws(Corrupt) in try reader.integer() }
        )
    }
}
