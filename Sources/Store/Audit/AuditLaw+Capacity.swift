extension AuditLaw {
    static let capacityLaws = [
        AuditLaw(
            name: "capacity_days",
            sentence: """
                A location's day holds the parcels planned for it that are open, has used those of which something left, and was given no more \
                than the location took a day then.
                """,
            violations: """
                SELECT format('location %s on %s: held %s of %s, used %s of %s, at most %s a day',
                              location, day, held, open, used, left_it, per_day)
                FROM (
                    SELECT c.per_day, coalesce(c.location, f.location) AS location, coalesce(c.day, f.capacity_day) AS day,
                           coalesce(c.held, 0) AS held, coalesce(c.used, 0) AS used,
                           coalesce(f.open, 0) AS open, coalesce(f.left_it, 0) AS left_it
                    FROM location_capacity c
                    FULL JOIN (
                        SELECT location, capacity_day, count(*) FILTER (WHERE status IN (1, 2)) AS open,
                               count(*) FILTER (WHERE status NOT IN (1, 2, 5)) AS left_it
                        FROM fulfillment WHERE capacity_day IS NOT NULL GROUP BY location, capacity_day
                    ) f ON f.location = c.location AND f.capacity_day = c.day
                ) t
                WHERE held <> open OR used <> left_it
                   -- A parcel that was cancelled, and left all the same, was given no place; its own may be another's by then.
                   OR CASE WHEN held + used > per_day THEN held + used > per_day + (
                          SELECT count(*) FROM fulfillment f
                          WHERE f.location = t.location AND f.capacity_day = t.day AND f.status NOT IN (1, 2, 5)
                            AND NOT EXISTS (SELECT FROM fulfillment_line l WHERE l.fulfillment_key = f.key AND l.shipped > l.unexpected)
                      ) ELSE false END
                """
        )
    ]
}
