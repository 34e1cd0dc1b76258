/// What a chaos run does to the system while it works.
package enum ChaosFault: String, Hashable, Sendable, CaseIterable {
    /// SIGKILL, and a new worker in its place.
    case workerKilled = "worker-killed"
    /// SIGSTOP for longer than two heartbeats: broker and database have given the worker up when it goes on.
    case workerFrozen = "worker-frozen"
    /// SIGTERM in the middle of work, and a new worker in its place.
    case workerStopped = "worker-stopped"
    case brokerKilled = "broker-killed"
    case brokerRestarted = "broker-restarted"
    case brokerFrozen = "broker-frozen"
    /// The broker is told it has too little memory: it takes no message from anybody.
    case brokerAlarm = "broker-alarm"
    /// As `pg_ctl stop -m immediate`: recovery from the log at the next start.
    case databaseCrashed = "database-crashed"
    case databaseFrozen = "database-frozen"
    /// No space is left for the database's files.
    case diskFull = "disk-full"
    /// Every connection of the workers to broker and database is cut at once.
    case connectionsCut = "connections-cut"
    /// The connections stay open and carry nothing: nobody is told.
    case connectionsStalled = "connections-stalled"
    /// The clock of one worker is set far forward or back, and right again later.
    case clockStepped = "clock-stepped"
    /// The mail server refuses connections.
    case mailRefused = "mail-refused"
    /// The node that leads the queue of new orders is killed, and comes back later.
    case leaderKilled = "leader-killed"
    /// The primary is killed and the standby takes over; the old primary comes back as standby.
    case standbyPromoted = "standby-promoted"

    /// What a fault needs of the stack it is inflicted on.
    package enum Need: Hashable, Sendable {
        /// One broker and one database, with a proxy before each.
        case single
        /// Three brokers, a primary and a standby.
        case cluster
        /// The database's files on a small disk of their own.
        case smallDisk
        /// A worker whose clock can be set.
        case ownClock
    }

    /// `nil`: any stack will do.
    package var need: Need? {
        switch self {
        case .workerKilled, .workerFrozen, .workerStopped, .brokerAlarm, .mailRefused: nil
        case .brokerKilled, .brokerRestarted, .brokerFrozen, .databaseCrashed, .databaseFrozen, .connectionsCut, .connectionsStalled:
            .single
        case .diskFull: .smallDisk
        case .clockStepped: .ownClock
        case .leaderKilled, .standbyPromoted: .cluster
        }
    }

    /// How long it lasts, seconds; 0 where it is over as soon as it is done.
    package var seconds: ClosedRange<Double> {
        switch self {
        // The heartbeat is 10 s, and who is silent for two of them is given up.
        case .workerFrozen: 22...28
        case .brokerFrozen, .databaseFrozen, .connectionsStalled: 3...14
        case .brokerAlarm, .mailRefused, .clockStepped: 3...8
        case .diskFull: 2...6
        case .leaderKilled, .standbyPromoted: 1...4
        case .workerKilled, .workerStopped, .brokerKilled, .brokerRestarted, .databaseCrashed, .connectionsCut: 0...0
        }
    }

    /// How often in a round: a worker may be killed in the middle of many things.
    package var weight: Int { self == .workerKilled ? 4 : 1 }
}
