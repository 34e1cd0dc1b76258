internal import Foundation
internal import Messages
internal import Simulation

/// Inflicts faults and takes them back, with the stack's own means.
struct ChaosFaults {
    let stack: String
    let workers: ChaosWorkers
    let proxies: ChaosProxies?
    let clock: ChaosClock?
    /// The folder of the small disk that the database's files lie on.
    let disk: String?

    /// What this stack allows.
    static func allowed(isCluster: Bool, hasSmallDisk: Bool, hasClock: Bool) -> Set<ChaosFault> {
        Set(
            ChaosFault.allCases.filter { fault in
                switch fault.need {
                case nil: true
                case .single: !isCluster
                case .cluster: isCluster
                case .smallDisk: hasSmallDisk
                case .ownClock: hasClock
                }
            }
        )
    }

    /// Inflicts the fault, waits as long as it lasts, and takes it back: then everything is there again.
    func inflict(_ strike: ChaosSchedule.Strike) async throws {
        switch strike.fault {
        case .workerKilled: try await workers.kill(strike.victim)
        case .workerStopped: try await workers.stop(strike.victim)
        case .workerFrozen:
            workers.freeze(strike.victim)
            await hold(strike)
            workers.thaw(strike.victim)
        case .brokerKilled: try await ops("restart", "rabbitmq", "--immediate")
        case .brokerRestarted: try await ops("restart", "rabbitmq")
        case .databaseCrashed: try await ops("restart", "postgres", "--immediate")
        case .brokerFrozen: try await pause("rabbitmq", strike)
        case .databaseFrozen: try await pause("postgres", strike)
        case .brokerAlarm:
            try await ops("rabbitmqctl", "-q", "set_vm_memory_high_watermark", "absolute", "1MB")
            await hold(strike)
            try await ops("rabbitmqctl", "-q", "set_vm_memory_high_watermark", "absolute", "3GB")
        case .connectionsCut: proxies?.cut()
        case .connectionsStalled:
            proxies?.stall()
            await hold(strike)
            proxies?.flow()
        case .clockStepped:
            try clock?.step(seconds: strike.victim % 2 == 0 ? 2_820 : -2_820)
            await hold(strike)
            try clock?.step(seconds: 0)
        case .mailRefused:
            try await ops("kill", "catcher")
            await hold(strike)
            try await ops("up")
        case .diskFull: try await fillDisk(strike)
        case .leaderKilled:
            try await ops("kill", server("leader", WorkQueue.intake.name))
            await hold(strike)
            try await ops("up")
        case .standbyPromoted:
            try await ops("kill", server("primary"))
            await hold(strike)
            try await ops("promote")
            try await ops("up")
        }
    }

    private func hold(_ strike: ChaosSchedule.Strike) async { try? await Task.sleep(for: .seconds(strike.seconds)) }

    private func pause(_ server: String, _ strike: ChaosSchedule.Strike) async throws {
        try await ops("pause", server)
        await hold(strike)
        try await ops("resume", server)
    }

    /// Takes what is left of the disk; the database may crash of it, and comes back when there is room again.
    private func fillDisk(_ strike: ChaosSchedule.Strike) async throws {
        guard let disk else { return }
        let filler = "\(disk)/filler"
        // It ends with an error where no byte is left: that is what it is for.
        _ = try? await ToolProcess.run("/usr/bin/dd", ["if=/dev/zero", "of=\(filler)", "bs=1M"])
        await hold(strike)
        try FileManager.default.removeItem(atPath: filler)
        try await ops("up")
    }

    /// The name of a server that the stack prints when it is asked so.
    private func server(_ question: String...) async throws -> String {
        let answer = try await ToolProcess.run(stack, question)
        guard let name = answer.split(separator: "\n").last else {
            throw CommandFailure.fault("\(stack) \(question.joined(separator: " ")) printed nothing")
        }
        return String(name)
    }

    @discardableResult
    private func ops(_ arguments: String...) async throws -> String { try await ToolProcess.run(stack, arguments) }
}
