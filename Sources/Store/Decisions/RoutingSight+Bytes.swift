package import Commerce

extension RoutingSight {
    private static let version: UInt8 = 2
    /// In which what has no room was excluded like what refused the order.
    private static let oldVersion: UInt8 = 1

    private struct Flags: OptionSet {
        let rawValue: UInt8

        static let excluded = Flags(rawValue: 1)
        static let late = Flags(rawValue: 2)
        static let limited = Flags(rawValue: 4)
        static let unreliable = Flags(rawValue: 8)
        static let overflowing = Flags(rawValue: 16)
        static let roomless = Flags(rawValue: 32)
    }

    /// As it is kept: for each location that had something, some three bytes and what it had of each SKU.
    package var bytes: [UInt8] {
        var writer = CompactWriter(version: Self.version, capacity: 16 + needs.count * 6 + places.count * 6 + units.count * 3)
        writer.oneOf(hold, StoredCases.holds)
        writer.list(shelf.map { [$0] } ?? []) { $0.integer($1) }
        writer.count(skus.count)
        for (sku, kept) in zip(skus, kept) {
            writer.integer(sku)
            writer.integer(kept)
        }
        writer.list(needs) { writer, need in
            writer.integer(Int64(need.line))
            writer.count(skus.firstIndex(of: need.sku) ?? skus.count)
            writer.integer(need.quantity)
        }
        writer.count(places.count)
        for (index, place) in places.enumerated() {
            var flags: Flags = place.isExcluded ? .excluded : []
            if place.hasNoRoom { flags.insert(.roomless) }
            if !place.isFresh { flags.insert(.late) }
            if place.capacityLeft != nil { flags.insert(.limited) }
            if place.reliability != LocationFacts.fullReliability { flags.insert(.unreliable) }
            if place.overflowDay != nil { flags.insert(.overflowing) }
            writer.integer(place.location)
            writer.byte(flags.rawValue)
            if let left = place.capacityLeft { writer.integer(left) }
            if let day = place.overflowDay { writer.integer(day.dayNumber) }
            if flags.contains(.unreliable) { writer.integer(place.reliability) }
            for unit in units[index * skus.count..<(index + 1) * skus.count] { writer.integer(unit) }
        }
        return writer.bytes
    }

    /// Reads what `bytes` gives, and what earlier versions gave.
    package init(bytes: [UInt8]) throws {
        do {
            try self.init(compact: bytes)
        } catch {
            throw StoreError.unreadable("sight of a sourcing decision")
        }
    }

    private init(compact bytes: [UInt8]) throws(CompactReader.Corrupt) {
        let isOld = bytes.first == Self.oldVersion
        var reader = try CompactReader(bytes, version: isOld ? Self.oldVersion : Self.version)
        self.init(needs: [], skus: [], kept: [], places: [], units: [])
        hold = try reader.oneOf(StoredCases.holds)
        shelf = try reader.list { reader throws(CompactReader.Corrupt) in try reader.integer() }.first
        for _ in 0..<(try reader.count()) {
            skus.append(try reader.integer())
            kept.append(try reader.integer())
        }
        for _ in 0..<(try reader.count()) {
            let (line, sku) = (Int32(exactly: try reader.integer()), try reader.number())
            guard let line, skus.indices.contains(sku) else { throw CompactReader.Corrupt() }
            needs.append(SourcingNeed(line: line, sku: skus[sku], quantity: try reader.integer()))
        }
        for _ in 0..<(try reader.count()) {
            var place = Place(location: try reader.integer())
            let flags = Flags(rawValue: try reader.byte())
            place.isExcluded = flags.contains(.excluded)
            place.hasNoRoom = !isOld && flags.contains(.roomless)
            place.isFresh = !flags.contains(.late)
            if flags.contains(.limited) { place.capacityLeft = try reader.integer() }
            if flags.contains(.overflowing) { place.overflowDay = CivilDate(dayNumber: try reader.integer()) }
            if flags.contains(.unreliable) { place.reliability = try reader.integer() }
            if isOld, place.isExcluded, place.isFull, place.overflowDay == nil {
                (place.isExcluded, place.hasNoRoom) = (false, true)
            }
            places.append(place)
            for _ in skus { units.append(try reader.integer()) }
        }
        guard reader.isAtEnd else { throw CompactReader.Corrupt() }
    }
}
