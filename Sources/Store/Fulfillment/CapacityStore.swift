package import Commerce
package import Postgres

/// How many parcels locations have taken on, per day: the last counters of a transaction, after its stock rows, by (location, day) ascending.
package enum CapacityStore {
    /// One day of one location.
    package struct Day: Hashable, Sendable {
        package var location: Int32
        package var day: CivilDate
        /// Parcels planned for it of which nothing has left yet.
        package var held: Int64
        /// Parcels planned for it of which something has left.
        package var used: Int64

        package init(location: Int32, day: CivilDate, held: Int64 = 0, used: Int64 = 0) {
            self.location = location
            self.day = day
            self.held = held
            self.used = used
        }
    }

    /// From now on nobody else plans parcels for these locations; gives what is taken of their days.
    ///
    /// - Parameter since: for each location the first day that matters.
    package static func lock(_ since: [Int32: CivilDate], in tx: borrowing Transaction) throws -> [Day] {
        guard !since.isEmpty else { return [] }
        // The advisory locks stand in for rows of days that may not be there yet.
        _ = try tx.query(
            """
            SELECT pg_advisory_xact_lock(7102, o.location)
            FROM (SELECT location FROM unnest($1::int[]) AS t (location) ORDER BY location OFFSET 0) o
            """,
            [.int4Array(Array(since.keys))]
        )
        return try days(since, in: tx)
    }

    /// What is taken of the locations' days from `since` on, by location and day. Takes no locks.
    package static func days(_ since: [Int32: CivilDate], in tx: borrowing Transaction) throws -> [Day] {
        guard !since.isEmpty else { return [] }
        let sorted = since.sorted { $0.key < $1.key }
        let rows = try tx.query(
            """
            SELECT t.location, c.day, c.held, c.used
            FROM unnest($1::int[], $2::date[]) AS t (location, since)
            CROSS JOIN LATERAL (
                SELECT day, held, used FROM location_capacity WHERE location = t.location AND day >= t.since OFFSET 0
            ) c
            ORDER BY t.location, c.day
            """,
            [.int4Array(sorted.map(\.key)), .dateArray(sorted.map(\.value.databaseDay))]
        )
        return try rows.map { row in
            Day(
                location: try row.int4(0),
                day: CivilDate(databaseDay: try row.date(1)),
                held: try row.int8(2),
                used: try row.int8(3)
            )
        }
    }

    /// Locks what there is of the days of all the orders' parcels, for whoever plans parcels and gives others back in one transaction.
    package static func lock(daysOf orders: [OrderAggregate], in tx: borrowing Transaction) throws {
        let parcels = orders.flatMap(\.fulfillments)
        let places = Set(parcels.compactMap { parcel in parcel.capacityDay.map { Day(location: parcel.location, day: $0) } })
        try lock(places.sorted { ($0.location, $0.day) < ($1.location, $1.day) }, in: tx)
    }

    private static func lock(_ places: [Day], in tx: borrowing Transaction) throws {
        guard !places.isEmpty else { return }
        _ = try tx.query(
            """
            SELECT c.held FROM unnest($1::int[], $2::date[]) AS t (location, day)
            JOIN location_capacity c ON c.location = t.location AND c.day = t.day
            ORDER BY c.location, c.day FOR UPDATE OF c
            """,
            [.int4Array(places.map(\.location)), .dateArray(places.map(\.day.databaseDay))]
        )
    }

    /// A new parcel, and what it takes of the day it is planned for.
    package struct Plan: Hashable, Sendable {
        package var location: Int32
        package var day: CivilDate
        /// What became of it already in the transaction that makes it.
        package var use: CapacityUse
        /// What the location takes a day.
        package var perDay: Int64?

        package init(location: Int32, day: CivilDate, use: CapacityUse, perDay: Int64?) {
            self.location = location
            self.day = day
            self.use = use
            self.perDay = perDay
        }
    }

    /// Plans new parcels: adds to what is held, or used, and keeps with the day what the location took a day then. Days without a row get one.
    package static func plan(_ parcels: [Plan], in tx: borrowing Transaction) throws {
        let parcels = parcels.filter { $0.use != .none }
        guard !parcels.isEmpty else { return }
        try tx.send(
            """
            INSERT INTO location_capacity AS c (location, day, held, used, per_day)
            SELECT location, day, count(*) FILTER (WHERE NOT is_used), count(*) FILTER (WHERE is_used), max(per_day)
            FROM unnest($1::int[], $2::date[], $3::bool[], $4::bigint[]) AS t (location, day, is_used, per_day)
            GROUP BY location, day ORDER BY location, day
            ON CONFLICT (location, day) DO UPDATE
            SET held = c.held + excluded.held, used = c.used + excluded.used, per_day = excluded.per_day
            """,
            [
                .int4Array(parcels.map(\.location)), .dateArray(parcels.map(\.day.databaseDay)),
                .boolArray(parcels.map { $0.use == .used }), .optionalInt8Array(parcels.map(\.perDay)),
            ]
        )
    }

    /// Gives back what cancelled and rejected parcels held, and counts as used what left. The stock rows are locked already.
    ///
    /// - Parameter before: the same orders as they were loaded.
    package static func settle(_ orders: [OrderAggregate], before: [Int64: OrderAggregate], in tx: borrowing Transaction) throws {
        struct Place: Hashable {
            var location: Int32
            var day: CivilDate
        }
        var changes: [Place: Day] = [:]
        for order in orders {
            guard let old = before[order.head.key] else { continue }
            for (new, known) in zip(order.fulfillments, old.fulfillments) {
                guard let day = new.capacityDay, new.capacityUse != known.capacityUse else { continue }
                var change = changes[Place(location: new.location, day: day)] ?? Day(location: new.location, day: day)
                change.held += (new.capacityUse == .held ? 1 : 0) - (known.capacityUse == .held ? 1 : 0)
                change.used += (new.capacityUse == .used ? 1 : 0) - (known.capacityUse == .used ? 1 : 0)
                changes[Place(location: new.location, day: day)] = change
            }
        }
        try add(changes.values.sorted { ($0.location, $0.day) < ($1.location, $1.day) }, in: tx)
    }

    private static func add(_ changes: [Day], in tx: borrowing Transaction) throws {
        guard !changes.isEmpty else { return }
        try lock(changes, in: tx)
        try tx.send(
            """
            UPDATE location_capacity c SET held = c.held + t.held, used = c.used + t.used
            FROM unnest($1::int[], $2::date[], $3::bigint[], $4::bigint[]) AS t (location, day, held, used)
            WHERE c.location = t.location AND c.day = t.day
            """,
            [
                .int4Array(changes.map(\.location)), .dateArray(changes.map(\.day.databaseDay)), .int8Array(changes.map(\.held)),
                .int8Array(changes.map(\.used)),
            ]
        )
    }
}

extension FulfillmentRows.Row {
    /// What the parcel takes of its day.
    fileprivate var capacityUse: CapacityUse { (FulfillmentStatus(rawValue: status) ?? .requested).capacityUse }
}
