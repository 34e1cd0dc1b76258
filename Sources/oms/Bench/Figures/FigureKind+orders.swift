extension FigureKind {
    /// What the machine itself does.
    static let yardstick: [FigureKind] = [
        FigureKind(
            "tpcb_per_s",
            "tx/s",
            .neither,
            "pgbench TPC-B of the same run, the machine's yardstick",
            method: "Scale 10, 16 clients, prepared statements, a database of its own on the same server, before everything else."
        ),
        FigureKind(
            "stolen_percent",
            "%",
            .neither,
            "processor time that the host of a virtual machine gave to others",
            method: "Of the time in which somebody here wanted to run, over a round of all parts (/proc/stat). All else gets slower by it."
        ),
    ]

    /// Orders on their way.
    static let orders: [FigureKind] = [
        FigureKind(
            "placed_to_sourced_per_s",
            "orders/s",
            .higher,
            target: 5_000,
            "(a) order.placed to order.sourced, sustained",
            method: """
                100,000 orders (--quick: 20,000) of 1 to 4 lines, 5,000 SKUs, 3 locations with ample stock, published as fast as the broker takes them; \
                one worker process with the roles intake, sourcing, relay; oms.mailing does not exist. From the first publication until the last \
                order is sourced and committed.
                """
        ),
        FigureKind(
            "placed_to_sourced_per_tpcb",
            "×",
            .higher,
            target: 1.5,
            "(a) the same over pgbench's TPC-B of the same run",
            method: "Each run of placed_to_sourced_per_s over the median of tpcb_per_s."
        ),
        FigureKind(
            "whole_life_per_s",
            "orders/s",
            .higher,
            target: 1_000,
            "(b) placed, sourced, dispatched, invoiced, two mails handed over",
            method: """
                5,000 orders (--quick: 2,000), all roles in one process, locations that dispatch whatever they are asked to at once, invoiceMail: none, \
                mails to the stack's catcher, or to postfix's smtp-sink where it is installed. Until the last mail is handed over.
                """
        ),
        FigureKind(
            "flash_hot_sold",
            "units",
            .exactly(10_000),
            "(c) sold of 10 hot SKUs with 1,000 units each",
            method: """
                50,000 orders of one unit, evenly over 10 SKUs with 1,000 units each in one location; four sourcing processes. Units reserved once every \
                order is decided.
                """
        ),
        FigureKind(
            "flash_hot_per_s",
            "orders/s",
            .higher,
            target: 5_000,
            "(c) orders decided in it",
            method: "The 50,000 orders of flash_hot_sold, from the first publication until every one is sourced or waits."
        ),
        FigureKind(
            "latency_p50_ms",
            "ms",
            .lower,
            target: 10,
            "(e) publish to order.sourced heard outside, at 200 orders/s: median",
            method: """
                One order every 5 ms for 20 s (--quick: 10 s), each published alone; one worker process (intake, sourcing, relay); from the call that publishes \
                to the moment a consumer outside has the event.
                """
        ),
        FigureKind(
            "latency_p99_ms",
            "ms",
            .lower,
            target: 40,
            "(e) the same: 99th percentile",
            method: "As latency_p50_ms, the value that 99 % do not exceed."
        ),
        FigureKind(
            "latency_stolen_percent",
            "%",
            .neither,
            "processor time that the host gave to others meanwhile",
            method: "As stolen_percent, over the seconds in which latency_p50_ms was measured."
        ),
        FigureKind(
            "history_per_s",
            "orders/s",
            .higher,
            "(f) placed to sourced with 3,000,000 orders of history",
            method: """
                As placed_to_sourced_per_s. The history is written set-based before: completed orders of 2.5 lines on average with document, events, payment, \
                parcel, shipment. Only with --history.
                """
        ),
        FigureKind(
            "history_percent",
            "%",
            .higher,
            target: 90,
            "(f) of the speed without history",
            method: "Run by run, history_per_s over placed_to_sourced_per_s."
        ),
    ]

    static let stock: [FigureKind] = [
        FigureKind(
            "feed_first_rows_per_s",
            "rows/s",
            .higher,
            target: 150_000,
            "(d) stock feed of one location, all rows new",
            method: """
                1,000,000 rows (--quick: 200,000) in parts of 20,000, one worker process (stock, relay); from the first publication until the feed \
                is complete.
                """
        ),
        FigureKind(
            "feed_unchanged_rows_per_s",
            "rows/s",
            .higher,
            target: 400_000,
            "(d) the same counts again",
            method: "As feed_first_rows_per_s, once storefronts have heard of all that it changed."
        ),
    ]

    static let workers: [FigureKind] = [
        FigureKind(
            "worker_start_s",
            "s",
            .lower,
            target: 0.5,
            "(g) start of a worker to its first message",
            method: "An order waits in oms.intake; from the start of the process (all roles) until the order is committed."
        ),
        FigureKind(
            "worker_peak_mb",
            "MB",
            .lower,
            target: 100,
            "(h) most memory of the worker at full load",
            method: "VmHWM of the worker of placed_to_sourced_per_s at its end."
        ),
        FigureKind(
            "soak_peak_mb",
            "MB",
            .lower,
            target: 100,
            "(h) most memory of a worker with all roles in an hour's load",
            method: """
                One process with all roles lives as many orders as it can for an hour (--minutes), in rounds of 5,000; between rounds the \
                tables of orders are emptied. VmHWM at the end. Only with --soak.
                """
        ),
        FigureKind(
            "soak_growth_mb_per_h",
            "MB/h",
            .lower,
            target: 5,
            "(h) by how much it grows in an hour",
            method: "Least squares through VmRSS, read every second, of the second half of the time."
        ),
        FigureKind(
            "documents_per_s",
            "documents/s",
            .higher,
            target: 135,
            "(i) EN 16931 XML and PDF together, on one core",
            method: "Invoices of random orders of 1 to 4 lines, as UBL and PDF, one after the other; by the processor time of the thread."
        ),
    ]
}
