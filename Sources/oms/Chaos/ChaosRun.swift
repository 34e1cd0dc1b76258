internal import Commerce
internal import Foundation
internal import Logging
internal import Messages
internal import Postgres
internal import RabbitMQ
internal import Simulation
internal import Store
internal import Workers

/// A chaos run: orders flow, faults happen one after the other, and at the end everything is accounted for.
struct ChaosRun {
    static let workers = 3
    /// Issue and promise of the documentation: so long after a fault's end fresh orders are sourced again.
    static let patience = Duration.seconds(10)
    /// Until then something has to come, on a slow machine too; longer means never.
    private static let limit = Duration.seconds(240)
    /// So long a worker that has nothing to do may keep what it does not need.
    private static let timeToSettle = Duration.seconds(60)

    let settings: Settings
    let schedule: ChaosSchedule
    let seed: UInt64
    /// New orders per second.
    let rate: Int
    let isCluster: Bool
    let clock: ChaosClock?
    let disk: String?
    let tools: Tools

    /// Where the stack's own means lie.
    struct Tools {
        /// `ops/stack`.
        var stack: String
        /// `ops/lib/proxy.py`.
        var proxy: String
        var logs: String
    }

    /// What was done, and how long fresh orders waited after it.
    struct Recovery: Sendable {
        var strike: ChaosSchedule.Strike
        var took: Duration
    }

    /// What the run did and heard: what the tables must agree with.
    struct Account: Sendable {
        var placed = 0
        var cancelled: Set<Int> = []
        var requested: Set<String> = []
        var recoveries: [Recovery] = []
        /// Workers that did not end in good order when they were asked to.
        var unruly: [Int] = []
        var before: [ChaosWorkers.Belongings] = []
        var after: [ChaosWorkers.Belongings] = []
        /// Connections that outlived the workers.
        var connections = ChaosConnections()
        /// Whether everything was done in time, or what was not.
        var stuck: String?
        var orderIDs: [String] = []
    }

    func perform() async throws -> Account {
        let broker = try settings.broker(name: "oms chaos")
        try await NetworkSetup.apply(BenchNetwork.network.yaml, name: "the chaos network", settings: settings, isQuiet: true)
        let proxies =
            isCluster
            ? nil : try ChaosProxies(databaseURL: settings.databaseURL, brokerURL: settings.brokerURL, script: tools.proxy)
        defer { proxies?.end() }
        var environment: [String: String] = [:]
        if let proxies { environment = ["OMS_DATABASE_URL": proxies.databaseURL, "OMS_BROKER_URL": proxies.brokerURL] }
        let workers = try ChaosWorkers(Self.workers, environment: environment, logs: tools.logs, clock: clock)
        let sender = ChaosSender(broker)
        let locations = ChaosLocations(broker)
        do {
            let account = try await act(workers, proxies, sender, locations)
            return account
        } catch {
            await workers.end()
            throw error
        }
    }

    private func act(
        _ workers: ChaosWorkers,
        _ proxies: ChaosProxies?,
        _ sender: ChaosSender,
        _ locations: ChaosLocations
    ) async throws -> Account {
        let faults = ChaosFaults(stack: tools.stack, workers: workers, proxies: proxies, clock: clock, disk: disk)
        let observer = ChaosObserver(try settings.session(), broker: try settings.broker(name: "oms chaos"))
        let sending = Task { await sender.work() }
        let shipping = Task { await locations.work() }
        defer {
            sending.cancel()
            shipping.cancel()
        }
        var account = Account()
        await sender.send(ChaosScript.openingStock(at: SystemClock.now()))
        try await observer.wait("the opening stock is known", within: Self.limit) { try await $0.feeds() >= BenchNetwork.locations.count }

        let traffic = ChaosTraffic(seed: seed, rate: rate)
        let talking = Task { await traffic.work(sender) }
        defer { talking.cancel() }
        // Every session of a worker is open once orders came through.
        try await observer.wait("orders flow", within: Self.limit) { try await $0.isSourced(from: traffic.orderID(rate)) }
        account.before = workers.belongings

        for strike in schedule.strikes {
            try await Task.sleep(for: .seconds(strike.after))
            Terminal.complain("\(strike.text)")
            try await faults.inflict(strike)
            let ended = ContinuousClock.now
            let fresh = await traffic.next
            try await observer.wait("orders placed after \(strike.fault.rawValue) are sourced", within: Self.limit) {
                try await $0.isSourced(from: traffic.orderID(fresh))
            }
            account.recoveries.append(Recovery(strike: strike, took: ContinuousClock.now - ended))
            let gone = workers.ended
            guard gone.isEmpty else { throw CommandFailure.fault("worker \(gone) has ended by itself; its log is in \(tools.logs)") }
        }

        let (placed, cancelled, rest) = await traffic.end()
        await talking.value
        account.placed = placed
        account.cancelled = cancelled
        account.orderIDs = (1...max(1, placed)).map { traffic.orderID($0) }
        await sender.send(rest + ChaosScript.closingStock(at: SystemClock.now()))
        await sender.finish()
        try await confirmed(sender)
        await sending.value
        Terminal.complain("\(placed.grouped) orders are placed; waiting until all is done")
        do {
            try await observer.waitForEnd(placed: placed)
        } catch let failure as CommandFailure {
            account.stuck = failure.description
        }
        account.requested = locations.requested
        account.after = try await settled(workers, account.before)
        await workers.end()
        account.unruly = workers.unruly
        account.connections = try await ChaosConnections.outliving(settings)
        return account
    }

    /// Waits until the broker has confirmed everything that was said, as long as it confirms anything.
    private func confirmed(_ sender: ChaosSender) async throws {
        var progress = ChaosProgress<Int>(patience: ChaosObserver.patience, at: .now)
        while true {
            let unconfirmed = await sender.unconfirmed
            if unconfirmed == 0 { return }
            guard progress.isWorthWaiting(await sender.confirmed, at: .now) else {
                let patience = ChaosObserver.patience.components.seconds
                throw CommandFailure.fault("the broker has confirmed nothing for \(patience) s, and \(unconfirmed) messages are not said")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// What the workers have open once they had time to close what they do not need.
    private func settled(
        _ workers: ChaosWorkers,
        _ before: [ChaosWorkers.Belongings]
    ) async throws -> [ChaosWorkers.Belongings] {
        let deadline = ContinuousClock.now + Self.timeToSettle
        while true {
            let now = workers.belongings
            if now.allSatisfy({ !$0.hasGrown(since: before) }) || ContinuousClock.now >= deadline { return now }
            try await Task.sleep(for: .milliseconds(250))
        }
    }
}

extension ChaosWorkers.Belongings {
    /// Beyond what any of them had once orders flowed, and what may be in the making.
    func hasGrown(since before: [ChaosWorkers.Belongings]) -> Bool {
        threads > (before.map(\.threads).max() ?? 0) + 2 || files > (before.map(\.files).max() ?? 0) + 8
    }
}

extension ChaosSchedule.Strike {
    /// `worker-frozen for 24.1 s`.
    var text: String {
        let length = fault.seconds.upperBound > 0 ? " for \(seconds.formatted(.number.precision(.fractionLength(1)))) s" : ""
        return "\(fault.rawValue)\(length)"
    }
}
