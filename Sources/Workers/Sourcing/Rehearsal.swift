package import Commerce
package import Store

/// Decides past orders again, under two networks: the one in force, and one that is being tried out.
///
/// Stock, capacity, freshness, reliability and the time are those of then; everything that a network file says is the network's. Each order
/// is decided for itself, on the stock as it found it: what earlier orders of the rehearsal would have left elsewhere is not carried over.
/// Both sides count days to deliver from the day of then, in the working days of the network in force: a new calendar changes when
/// parcels arrive, and not what a day is.
package struct Rehearsal {
    /// A past decision under both.
    package struct Comparison: Sendable {
        package var past: PastDecisions.Row
        package var before: RehearsedDecision
        package var after: RehearsedDecision

        package var differs: Bool { !before.decision.doesSame(as: after.decision) }
    }

    private var before: Side
    private var after: Side

    package init(before: NetworkSnapshot, after: NetworkSnapshot) {
        let calendar = DeliveryCalendar(before.settings)
        self.before = Side(before, calendar: calendar)
        self.after = Side(after, calendar: calendar)
    }

    /// The same past decision always gives the same comparison.
    package mutating func decide(_ past: PastDecisions.Row) -> Comparison {
        Comparison(past: past, before: before.decide(past), after: after.decide(past))
    }

    private struct Side {
        private let network: NetworkSnapshot
        private let delivery: DeliveryCalendar
        /// Counts the days.
        private let calendar: DeliveryCalendar
        private var zones: [String: TimeZoneOffset] = [:]

        init(_ network: NetworkSnapshot, calendar: DeliveryCalendar) {
            self.network = network
            self.calendar = calendar
            delivery = DeliveryCalendar(network.settings)
        }

        mutating func decide(_ past: PastDecisions.Row) -> RehearsedDecision {
            let moment = past.mark.at
            let channel = network.channel(key: past.channel)?.channel
            let sourcing = past.sight.sourcing(of: past.mark.order, acceptPartial: past.acceptPartial, destination: past.coordinates)
            let request = RoutingRequest(
                sourcing,
                of: past.document,
                at: moment,
                offsetSeconds: channel.map { offset($0.timeZone, at: moment) } ?? 0,
                hold: past.sight.hold
            )
            return past.sight.decide(
                request,
                facts: facts(past.sight, at: moment),
                strategies: network.settings.rules.live,
                calendar: calendar
            )
        }

        /// Of the locations that had something of the order and are active: no others could ship it.
        private mutating func facts(_ sight: RoutingSight, at moment: Timestamp) -> RoutingFacts {
            var locations: [SourcingLocation] = []
            var facts: [LocationFacts] = []
            for place in sight.places {
                guard let entry = network.location(key: Int32(truncatingIfNeeded: place.location)), entry.location.active else { continue }
                var fact = network.facts(of: entry, utcOffsetSeconds: offset(entry.location.timeZone, at: moment))
                RoutingSight.put(place, into: &fact)
                facts.append(fact)
                locations.append(entry.sourcing)
            }
            return RoutingFacts(locations: SourcingLocations(locations), facts: facts, delivery: delivery, now: moment)
        }

        /// Seconds ahead of UTC.
        private mutating func offset(_ zone: String, at moment: Timestamp) -> Int64 {
            let known = zones[zone] ?? TimeZoneOffset(zone)
            zones[zone] = known
            return known.seconds(at: moment)
        }
    }
}
