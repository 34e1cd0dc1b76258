extension FigureKind {
    /// Every figure, in the order of tables.
    static let all: [FigureKind] = yardstick + orders + stock + workers + sourcing + budget + scale

    /// The routing engine and the virtual stock around it.
    private static let sourcing: [FigureKind] = [
        FigureKind(
            "decisions_basket_per_s",
            "decisions/s",
            .higher,
            target: 20_000,
            "routing decisions on one core: baskets of 1 to 4 lines, 12 locations",
            method: """
                1,000 random orders under a rule set (a fence, then fewest parcels, cost, distance), decided over and over against fresh copies of \
                the same stock; by the processor time of the thread.
                """
        ),
        FigureKind(
            "decisions_large_per_s",
            "decisions/s",
            .higher,
            target: 300,
            "the same: orders of 50 lines, 100 locations",
            method: "As decisions_basket_per_s, with 50 random orders; the search is cut by its work budget."
        ),
        FigureKind(
            "decision_gap_percent",
            "%",
            .lower,
            target: 2,
            "by how much the heuristic's answer is worse than the proven best, mean",
            method: """
                Random orders of 12 lines over 18 locations under three objectives (parcels then cost; cost and days; cost and idle stock), decided \
                with a work budget of 1, so that only the heuristic and its local improvement speak, and again until the best is proven. Cases that the \
                heuristic itself proves do not count. Each run has problems of its own.
                """
        ),
        FigureKind(
            "leases_per_s",
            "baskets/s",
            .higher,
            "baskets kept: reservation.requested to reply",
            method: """
                reservation.requested for baskets of one and two SKUs out of 5,000, published as fast as the broker takes them, answered by one worker \
                process (sourcing, relay); until the last reply has been read.
                """
        ),
        FigureKind(
            "stock_changed_per_s",
            "events/s",
            .higher,
            "stock.changed told to storefronts after a feed",
            method: """
                A feed of new counts; one worker process (stock, relay); from its publication until a listener outside has read one stock.changed per \
                SKU. The second during which changes are coalesced is within it.
                """
        ),
        FigureKind(
            "rows_15k_per_s",
            "orders/s",
            .higher,
            "order.placed to order.sourced with 15,000 (SKU, location) rows",
            method: """
                20,000 orders as in placed_to_sourced_per_s, over 5,000 SKUs in 3 locations, after 100,000 that are not counted: a worker that has been \
                at work for a while.
                """
        ),
        FigureKind(
            "rows_1m_per_s",
            "orders/s",
            .higher,
            "the same with 1,000,000 rows",
            method: "20,000 orders over 333,334 SKUs in 3 locations, every SKU as likely as the other; after 100,000 too."
        ),
        FigureKind(
            "rows_ratio",
            "×",
            .higher,
            target: 0.8,
            "speed with 1,000,000 rows against 15,000",
            method: "Run by run, rows_1m_per_s over rows_15k_per_s."
        ),
    ]

    /// Where the processor time goes.
    private static let budget: [FigureKind] =
        [("database", "PostgreSQL"), ("broker", "RabbitMQ"), ("workers", "the workers"), ("generator", "the generator")].map {
            FigureKind(
                "cpu_\($0)_us",
                "µs/order",
                .lower,
                "processor time of \($1) for an order",
                method: """
                    User and system time of its processes while placed_to_sourced_per_s is measured (/proc/PID/stat), over the number of orders. Only \
                    where OMS_STACK_DIR names the stack.
                    """
            )
        } + [
            FigureKind(
                "wal_bytes_per_order",
                "bytes",
                .lower,
                "write-ahead log for an order",
                method: "Growth of pg_current_wal_lsn() while placed_to_sourced_per_s is measured, over the number of orders."
            )
        ]

    /// What `ops/bench scale` adds.
    private static let scale: [FigureKind] =
        ScaleFigures.processes.map {
            FigureKind(
                ScaleFigures.speed($0),
                "orders/s",
                .higher,
                "placed to sourced with \($0) worker process\($0 == 1 ? "" : "es") per role",
                method: "As placed_to_sourced_per_s, with so many processes of intake and of sourcing, and one relay."
            )
        }
        + StageBudget.Stage.allCases.flatMap { stage in
            stage.parts.map { part in
                FigureKind(
                    ScaleFigures.time(stage, part),
                    "µs/order",
                    .lower,
                    "processor time of the \(part.rawValue) in stage \(stage.rawValue)",
                    method: "The stages run one after the other: orders are published, then taken in, then sourced, by one process each."
                )
            }
        } + [
            FigureKind(
                ScaleFigures.queue,
                "messages/s",
                .higher,
                "orders one quorum queue takes, confirmed, nobody consuming",
                method: "Orders over the seconds of stage publish."
            ),
            FigureKind(
                ScaleFigures.sourcingSpeed,
                "orders/s",
                .higher,
                "orders one sourcing process decides when all are taken in",
                method: "Orders over the seconds of stage sourcing."
            ),
        ]
}
