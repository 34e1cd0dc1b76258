internal import ArgumentParser
internal import Foundation
internal import Simulation

struct ChaosCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chaos",
        abstract: "Break this system while it works, and prove that nothing was lost. Run it through ops/chaos.",
        discussion: """
            Needs an empty, prepared database and broker of a private stack (ops/stack), which it kills, freezes and cuts off. Orders, \
            cancellations and counts flow meanwhile, some twice and some late; warehouses ship. At the end every order, parcel, mail and unit is \
            accounted for. Exit status 1 where something is not.

            The same seed gives the same faults in the same order. The short form has each fault once and as short as it may be; it tells how \
            soon fresh orders are sourced after a fault, and does not count it, so that it can be run on a slow and busy machine.

            Examples: ops/chaos --seed 7
                      ops/chaos --seed 7 --only worker-frozen --rounds 5
                      ops/chaos --short --seed 1 --rate 10
            """,
        shouldDisplay: false
    )

    @Option(help: "Which schedule; without it one is drawn.")
    var seed: UInt64?

    @Flag(help: "Each fault once and short; times are told and not counted.")
    var short = false

    @Option(help: "How often every fault comes.")
    var rounds = 1

    @Option(help: "New orders per second.")
    var rate = 60

    @Option(help: "Only these faults, by name; several are possible.")
    var only: [String] = []

    func validate() throws {
        guard (1...10_000).contains(rounds) else { throw ValidationError("--rounds must be 1 to 10,000.") }
        guard (1...10_000).contains(rate) else { throw ValidationError("--rate must be 1 to 10,000.") }
        if let wrong = only.first(where: { ChaosFault(rawValue: $0) == nil }) {
            let names = ChaosFault.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(Terminal.safe(wrong)) is no fault. There are: \(names).")
        }
    }

    func run() async throws {
        let settings = try await Settings.load()
        let environment = ProcessInfo.processInfo.environment
        guard let stack = environment["OMS_STACK"] else {
            throw CommandFailure.wrongUse("OMS_STACK is not set: chaos breaks a private stack only. Run ops/chaos.")
        }
        let tools = ChaosRun.Tools(
            stack: stack,
            proxy: URL(fileURLWithPath: stack).deletingLastPathComponent().path + "/lib/proxy.py",
            logs: try WorkerLogs.folder(settings)
        )
        let isCluster = try settings.brokerURL.contains(",")
        let clock = try environment["OMS_CHAOS_CLOCK"].map { try ChaosClock(library: $0, folder: tools.logs) }
        let disk = environment["OMS_CHAOS_DISK"]
        var faults = ChaosFaults.allowed(isCluster: isCluster, hasSmallDisk: disk != nil, hasClock: clock != nil)
        for fault in ChaosFault.allCases where !faults.contains(fault) && fault.need != (isCluster ? .single : .cluster) {
            Terminal.complain("LEFT OUT: \(fault.rawValue), this machine or stack does not allow it")
        }
        if !only.isEmpty { faults.formIntersection(only.compactMap { ChaosFault(rawValue: $0) }) }
        guard !faults.isEmpty else { throw CommandFailure.wrongUse("none of these faults is possible on this stack") }

        let seed = seed ?? UInt64.random(in: 0...999_999)
        let form = short ? ChaosSchedule.Form.short : .long
        let schedule = ChaosSchedule(seed: seed, rounds: rounds, faults: faults, form: form)
        Terminal.print(
            "seed \(seed)\(short ? ", short form" : ""): \(schedule.strikes.count) faults of \(faults.count) kinds, "
                + "at least \(Int(schedule.seconds)) s"
        )
        let run = ChaosRun(
            settings: settings,
            schedule: schedule,
            seed: seed,
            rate: rate,
            isCluster: isCluster,
            clock: clock,
            disk: disk,
            tools: tools
        )
        let account = try await Interruption.ends { try await run.perform() }
        let verdict = try await ChaosVerdict(account, form: form, settings: settings)
        for line in ChaosReport.text(account, verdict) { Terminal.print(line) }
        guard verdict.isClean else {
            throw CommandFailure.fault("something is lost, doubled, late or left behind; replay it with --seed \(seed)")
        }
    }
}

/// The end of a chaos run, for a person.
enum ChaosReport {
    static func text(_ account: ChaosRun.Account, _ verdict: ChaosVerdict) -> [String] {
        var lines = ["", "fault".padded(40) + "fresh orders sourced after".leftPadded(28)]
        lines += account.recoveries.map { $0.strike.text.padded(40) + "\($0.took.seconds1) s".leftPadded(28) }
        lines.append("")
        lines.append(
            "\(account.placed.grouped) orders, \(account.cancelled.count.grouped) cancellations, \(account.requested.count.grouped) parcels"
        )
        lines.append("")
        for finding in verdict.findings {
            let word = finding.fault == nil ? "holds " : finding.isCounted ? "BROKEN" : "SLOW  "
            lines.append("\(word) \(finding.law)\(finding.isCounted ? "" : " (not counted in the short form)")")
            if let fault = finding.fault { lines.append("       \(Terminal.safe(fault))") }
        }
        return lines
    }
}
