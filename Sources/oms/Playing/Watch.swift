internal import Logging
internal import Postgres
internal import RabbitMQ
internal import Store

/// Watches a play: tells how far it is, holds the script back while a queue is full, sees when everything is drained, and when nothing
/// moves any more.
struct Watch: Sendable {
    /// Without any change for this long, the play has failed.
    static let patience = Duration.seconds(120)
    /// Workers that were just started need some seconds until they listen; many more on a machine that is busy with other things.
    private static let patienceForWorkers = Duration.seconds(60)
    private static let full = 20_000
    private static let interval = Duration.milliseconds(400)
    private static let progressInterval = Duration.seconds(5)
    /// Mails that a server refused for good are owed for ever; the desk holds them.
    private static let patienceForMails = Duration.seconds(15)

    let stage: Stage
    let publisher: Publisher
    let session: PostgresSession

    /// What must move, or the play is stuck.
    private struct Standing: Hashable {
        var tally: PlayTally
        var depths: QueueDepths
        var backlog: Backlog?
    }

    /// Works until everything is drained or its task is cancelled; throws when nothing moves.
    func work() async throws {
        let started = ContinuousClock.now
        var moved = started
        var told = started
        var last: Standing?
        var drained = 0
        while !Task.isCancelled {
            let depths = try await QueueDepths.look(publisher)
            await stage.setCongested(depths.deepest > Self.full)
            let (tally, unanswered, isSettled) = await stage.standing
            let isQuiet = isSettled && depths.total == 0
            let backlog = isQuiet ? try await session.read { tx in try Backlog.count(in: tx) } : nil

            let standing = Standing(tally: tally, depths: depths, backlog: backlog)
            let now = ContinuousClock.now
            if standing != last { (last, moved) = (standing, now) }
            if let backlog, backlog.isDone(after: now - moved >= Self.patienceForMails) {
                drained += 1
                // Twice: a worker may have held what was neither in a queue nor in a table.
                if drained == 2 { return await stage.end() }
            } else {
                drained = 0
                try check(standing, unanswered: unanswered, running: now - started, still: now - moved)
            }
            if now - told >= Self.progressInterval {
                if told == started { tellHeader() }
                told = now
                try await tell(tally, depths, after: now - started)
            }
            try? await Task.sleep(for: Self.interval)
        }
    }

    private func check(_ standing: Standing, unanswered: Int, running: Duration, still: Duration) throws {
        let deserted = standing.depths.deserted
        if running > Self.patienceForWorkers, !deserted.isEmpty, still > .seconds(5) {
            throw CommandFailure.fault("No worker takes from \(deserted.joined(separator: ", ")): start `oms worker`.")
        }
        guard still > Self.patience else { return }
        var open: [String] = []
        if unanswered > 0 { open.append("\(unanswered.grouped) messages have no answer") }
        if standing.depths.total > 0 { open.append("these queues hold messages: \(standing.depths.text)") }
        if let backlog = standing.backlog, !backlog.isEmpty { open.append(backlog.text) }
        throw CommandFailure.fault("Nothing has moved for \(Self.patience.components.seconds) s; \(open.joined(separator: "; ")).")
    }

    private func tell(_ tally: PlayTally, _ depths: QueueDepths, after time: Duration) async throws {
        let done = try await session.read { tx in try Backlog.progress(in: tx) }
        Terminal.complain(
            Self.row("\(time.components.seconds) s", [tally.orders, tally.shipments, Int(done.invoices), Int(done.mails), depths.total])
        )
    }

    private func tellHeader() {
        let columns = ["orders", "shipments", "invoices", "mails", "queued"]
        Terminal.complain("time".leftPadded(8) + columns.map { $0.leftPadded(12) }.joined())
    }

    private static func row(_ time: String, _ counts: [Int]) -> String {
        time.leftPadded(8) + counts.map { $0.grouped.leftPadded(12) }.joined()
    }
}

extension Backlog {
    /// - Parameter long: whether nothing has changed for so long that mails still owed will not go.
    fileprivate func isDone(after long: Bool) -> Bool {
        isEmpty || (long && undecidedOrders == 0 && outboxRows == 0 && uninvoicedShipments == 0)
    }

    fileprivate var text: String {
        [
            (undecidedOrders, "orders are not sourced"), (outboxRows, "outbox rows are not sent"),
            (uninvoicedShipments, "shipments have no invoice"), (mailsOwed, "mails are owed"),
        ].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
    }
}
