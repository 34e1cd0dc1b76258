internal import Foundation
internal import Messages
internal import Postgres
internal import Simulation
internal import Store

/// What must hold after a chaos run, each with what was found.
struct ChaosVerdict: Sendable {
    struct Finding: Sendable {
        var law: String
        /// `nil` where it holds.
        var fault: String?
        /// Whether breaking it fails the run.
        var isCounted = true
    }

    private(set) var findings: [Finding] = []

    var isClean: Bool { findings.allSatisfy { $0.fault == nil || !$0.isCounted } }

    /// Asks the tables and the mail catcher's folder.
    ///
    /// - Parameter form: in the short form, which every change has to pass on whatever machine there is, times are told and not counted.
    init(_ account: ChaosRun.Account, form: ChaosSchedule.Form, settings: Settings) async throws {
        let session = try settings.session()
        let audit = try await AuditCommand.examine(session)
        let tables = try await session.read { tx in
            try tx.liftTimeLimits()
            return try ChaosTables(in: tx)
        }
        await session.close()
        let mails = try ChaosMails(spool: settings.spool)

        add("everything came to its end", account.stuck)
        let broken = audit.findings.filter { $0.violations > 0 }
        add(
            "the audit is clean",
            broken.isEmpty ? nil : broken.map { "\($0.law.name): \($0.examples.first ?? "")" }.joined(separator: "; ")
        )
        let known = Set(tables.orders)
        let missing = account.orderIDs.filter { !known.contains($0) }
        add("every order is there", missing.isEmpty ? nil : "missing: \(missing.prefix(5)) of \(missing.count)")
        add(
            "every order is there once, and none that nobody placed",
            tables.orders.count == account.placed ? nil : "\(tables.orders.count) for \(account.placed) placed"
        )
        add("every order is completed or cancelled", tables.open == 0 ? nil : "\(tables.open) are not")
        add("nothing is reserved any more", tables.reserved == 0 ? nil : "\(tables.reserved) units are")
        let unheard = tables.fulfillments.subtracting(account.requested).count
        let unknown = account.requested.subtracting(tables.fulfillments).count
        add(
            "every parcel was asked for, and no other",
            unheard == 0 && unknown == 0 ? nil : "\(unheard) not heard of, \(unknown) not known"
        )
        let refused = tables.refused.filter { !Self.isExpected($0) }
        add(
            "nothing is refused but what came too late",
            refused.isEmpty ? nil : refused.map { "\($0.count) \($0.type) \($0.code)" }.joined(separator: ", ")
        )
        add(mails, tables, account)
        add("no worker ended in disorder", account.unruly.isEmpty ? nil : "workers \(account.unruly)")
        addBelongings(account)
        let slow = account.recoveries.filter { $0.took > ChaosRun.patience }
        findings.append(
            Finding(
                law: "fresh orders are sourced within \(ChaosRun.patience.components.seconds) s of a fault's end",
                fault: slow.isEmpty ? nil : slow.map { "\($0.strike.fault.rawValue): \($0.took.seconds1) s" }.joined(separator: ", "),
                isCounted: form == .long
            )
        )
    }

    private mutating func add(_ law: String, _ fault: String?) { findings.append(Finding(law: law, fault: fault)) }

    private mutating func add(_ mails: ChaosMails, _ tables: ChaosTables, _ account: ChaosRun.Account) {
        let lost = tables.mails.subtracting(mails.handedOver.keys)
        add("every mail that is written down was handed over", lost.isEmpty ? nil : "\(lost.count) were not: \(lost.prefix(2))")
        // A batch of 20 whose commit did not come through is handed over again: one per worker that a fault can have hit in that moment.
        let bound = account.recoveries.reduce(0) { $0 + 20 * $1.strike.fault.workersHit }
        let twice = mails.handedOver.values.reduce(0) { $0 + $1 - 1 }
        add("no mail came again beyond 20 per worker hit (\(twice) of \(bound))", twice <= bound ? nil : "\(twice) came again")
        let stray = Set(mails.handedOver.keys).subtracting(tables.mails)
        add("no mail was handed over that is not written down", stray.isEmpty ? nil : "\(stray.count): \(stray.prefix(2))")
    }

    /// A worker that reconnected again and again has no more threads and files than at first.
    private mutating func addBelongings(_ account: ChaosRun.Account) {
        let threads = account.before.map(\.threads).max() ?? 0
        let files = account.before.map(\.files).max() ?? 0
        let grown = account.after.enumerated().filter { $0.element.hasGrown(since: account.before) }
        add(
            "no worker keeps threads or files",
            grown.isEmpty ? nil : grown.map { "worker \($0.offset + 1): \($0.element) of \(threads), \(files)" }.joined(separator: "; ")
        )
        let left = account.connections
        add("no connection outlives the workers", left.isEmpty ? nil : "database: \(left.database), broker: \(left.broker ?? 0)")
    }

    /// A cancellation finds its order shipped; a parcel leaves whose cancellation is on its way to the warehouse.
    private static func isExpected(_ refused: ChaosTables.Refused) -> Bool {
        switch refused.type {
        case "order.cancelled": ["not_cancellable", "over_cancelled", "wrong_state"].contains(refused.code)
        case "shipment.dispatched": ["over_shipped", "wrong_state"].contains(refused.code)
        // Of a shipment that was refused.
        case "shipment.delivered": ["unknown_shipment", "wrong_state"].contains(refused.code)
        default: false
        }
    }
}

extension ChaosFault {
    /// How many workers may have to repeat the batch they were at.
    fileprivate var workersHit: Int {
        switch self {
        case .workerKilled, .workerFrozen, .workerStopped: 1
        case .clockStepped, .mailRefused, .brokerAlarm: 0
        case .brokerKilled, .brokerRestarted, .brokerFrozen, .databaseCrashed, .databaseFrozen, .diskFull, .connectionsCut,
            .connectionsStalled,
            .leaderKilled, .standbyPromoted:
            ChaosRun.workers
        }
    }
}

extension Duration {
    /// Seconds with one decimal.
    var seconds1: String {
        let (seconds, attoseconds) = components
        return (Double(seconds) + Double(attoseconds) / 1e18).formatted(.number.precision(.fractionLength(1)))
    }
}
