package import Commerce
package import Postgres

/// Where postal codes lie.
package enum PostalCodeStore {
    /// What an import did to the codes of one country.
    package struct Change: Sendable, Hashable {
        package var country: String
        /// Lines of the file: a code may have several places.
        package var places: Int64
        package var codes: Int64
        package var added: Int64
        package var moved: Int64
        package var removed: Int64
    }

    /// Replaces the codes of every country that is given, and leaves the other countries alone. Of several places with one code the
    /// median counts, which one stray place does not pull away.
    ///
    /// - Parameter next: the places one after the other; `nil` at the end.
    package static func replace(
        _ next: () throws -> GeoNamesPlace?,
        in tx: borrowing Transaction
    ) throws -> [Change] {
        try tx.liftTimeLimits()
        // One import at a time: two would each delete what only the other brings.
        try tx.send("LOCK TABLE postal_code IN SHARE ROW EXCLUSIVE MODE")
        try tx.send(
            """
            CREATE TEMPORARY TABLE postal_import (
                country text COLLATE "C" NOT NULL, code text COLLATE "C" NOT NULL,
                latitude double precision NOT NULL, longitude double precision NOT NULL
            ) ON COMMIT DROP
            """
        )
        try tx.copyIn("COPY postal_import FROM STDIN (FORMAT binary)") { writer in
            while let place = try next() {
                try writer.row(4)
                try writer.text(place.postalCode.country)
                try writer.text(place.postalCode.code)
                writer.double(place.coordinates.latitude)
                writer.double(place.coordinates.longitude)
            }
        }
        try tx.send("ANALYZE postal_import")
        return try tx.query(merge).map { row in
            Change(
                country: try row.text(0),
                places: try row.int8(1),
                codes: try row.int8(2),
                added: try row.int8(3),
                moved: try row.int8(4),
                removed: try row.int8(5)
            )
        }
    }

    /// All parts see the table as it was before.
    private static let merge = """
        WITH fresh AS MATERIALIZED (
            SELECT country, code, percentile_disc(0.5) WITHIN GROUP (ORDER BY latitude) AS latitude,
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY longitude) AS longitude, count(*) AS places
            FROM postal_import GROUP BY country, code
        ), removed AS (
            DELETE FROM postal_code p
            WHERE p.country IN (SELECT DISTINCT country FROM postal_import)
              AND NOT EXISTS (SELECT FROM fresh f WHERE f.country = p.country AND f.code = p.code)
            RETURNING p.country
        ), written AS (
            INSERT INTO postal_code AS p (country, code, latitude, longitude)
            SELECT country, code, latitude, longitude FROM fresh ORDER BY country, code
            ON CONFLICT (country, code) DO UPDATE SET latitude = excluded.latitude, longitude = excluded.longitude
            WHERE (p.latitude, p.longitude) IS DISTINCT FROM (excluded.latitude, excluded.longitude)
        )
        SELECT f.country, sum(f.places)::bigint, count(*), count(*) FILTER (WHERE p.code IS NULL),
               count(*) FILTER (WHERE p.code IS NOT NULL AND (p.latitude, p.longitude) IS DISTINCT FROM (f.latitude, f.longitude)),
               (SELECT count(*) FROM removed r WHERE r.country = f.country)
        FROM fresh f LEFT JOIN postal_code p ON p.country = f.country AND p.code = f.code
        GROUP BY f.country ORDER BY f.country
        """

    /// Where the addresses lie by their postal codes; `nil` for those whose code is not known. In the order of `addresses`, with one statement.
    package static func coordinates(
        of addresses: [(country: String, postalCode: String)],
        in tx: borrowing Transaction
    ) throws -> [Coordinates?] {
        var result: [Coordinates?] = addresses.map { _ in nil }
        var owners: [Int] = []
        var candidates: [PostalCode] = []
        for (index, address) in addresses.enumerated() {
            for candidate in PostalCode.candidates(address.postalCode, country: address.country) {
                owners.append(index)
                candidates.append(candidate)
            }
        }
        guard !candidates.isEmpty else { return result }
        // LIMIT keeps the planner from reading the whole table for a hash join.
        let rows = try tx.query(
            """
            SELECT t.n, p.latitude, p.longitude
            FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t (country, code, n)
            CROSS JOIN LATERAL (SELECT latitude, longitude FROM postal_code WHERE country = t.country AND code = t.code LIMIT 1) p
            ORDER BY t.n
            """,
            [.textArray(candidates.map(\.country)), .textArray(candidates.map(\.code))]
        )
        for row in rows {
            let owner = owners[Int(try row.int8(0)) - 1]
            // Candidates come the most exact first.
            if result[owner] == nil { result[owner] = Coordinates(latitude: try row.double(1), longitude: try row.double(2)) }
        }
        return result
    }
}
