internal import ArgumentParser
internal import Foundation

extension BenchCommand {
    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run",
            abstract: "Measure, print a table, and write the figures with every run as JSON.",
            discussion: """
                Five rounds; a further one is only begun when it can end within --limit, so that all of ops/bench takes at most 15 minutes, with --quick 2. \
                OMS_BENCH_TPCB_ROUNDS holds pgbench's figures of the same run. OMS_STACK_DIR names the stack whose processes are watched.

                Parts: \(Measurements.Part.allCases.map(\.rawValue).joined(separator: ", ")). The last three are measured only where \
                they are asked for; rows is left out of --quick.

                Examples:
                  ops/bench --quick --json figures.json
                  ops/bench --only sourced --only latency --rounds 3
                  ops/bench --history
                  ops/bench --soak --minutes 60
                  ops/bench scale
                """
        )

        @Flag(help: "One round, of smaller parts.")
        var quick = false

        @Option(help: "Write the figures there.")
        var json: String?

        @Option(help: "Rounds of each figure; default: 5, with --quick 1.")
        var rounds: Int?

        @Option(help: "Only this part; may be said several times.")
        var only: [String] = []

        @Flag(help: "Only part history: (a) with 3,000,000 orders of history.")
        var history = false

        @Option(help: "Orders of history.")
        var orders = 3_000_000

        @Flag(help: "Only part soak: memory of a worker at full load for an hour.")
        var soak = false

        @Option(help: "Minutes of part soak.")
        var minutes = 60

        @Option(help: "Minutes after which no further round is begun; default: 13, with --quick 1.")
        var limit: Int?

        @Option(help: "For part scale: MB/s that the log's disk is taken to write in sequence.")
        var walMegabytes = 500

        func validate() throws {
            guard rounds.map({ (1...100).contains($0) }) ?? true else { throw ValidationError("--rounds is 1 to 100.") }
            guard (1...100_000_000).contains(orders) else { throw ValidationError("--orders is 1 to 100000000.") }
            guard (1...10_000).contains(minutes) else { throw ValidationError("--minutes is 1 to 10000.") }
            guard (1...1_000_000).contains(walMegabytes) else { throw ValidationError("--wal-megabytes is 1 to 1000000.") }
        }

        func run() async throws {
            let parts = try parts()
            let stage = try await BenchStage(settings: Settings.load())
            var measurements = Measurements(stage: stage, isQuick: quick)
            let yardstick = ProcessInfo.processInfo.environment["OMS_BENCH_TPCB_ROUNDS"] ?? ""
            measurements.addYardstick(yardstick.split(separator: ",").compactMap { Double($0) })
            do {
                try await measure(parts, with: &measurements)
            } catch {
                // What was measured is shown, but not written: half a run is nothing to compare with.
                measurements.finish()
                for line in FigureTable.lines(measurements.figures) { Terminal.print(line) }
                throw error
            }
            measurements.finish()
            await stage.close()
            try report(measurements.figures, withPrediction: parts.contains(.scale))
        }

        private func parts() throws -> [Measurements.Part] {
            var named = try only.map { name in
                guard let part = Measurements.Part(rawValue: name) else {
                    let all = Measurements.Part.allCases.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure.wrongUse("\(Terminal.safe(name)) is no part. Parts: \(all).")
                }
                return part
            }
            if history { named.append(.history) }
            if soak { named.append(.soak) }
            return Measurements.Part.allCases.filter { named.isEmpty ? $0.isUsual(quick: quick) : named.contains($0) }
        }

        /// First what runs once, then round by round: a machine that gets slower spoils no figure alone.
        private func measure(_ parts: [Measurements.Part], with measurements: inout Measurements) async throws {
            let started = ContinuousClock.now
            let rounds = rounds ?? (quick ? 1 : 5)
            let long = Measurements.LongRuns(historyOrders: orders, soakMinutes: minutes)
            for part in parts where part.isOnce {
                Terminal.complain(part.rawValue)
                try await measurements.measure(part, round: 1, rounds: rounds, long: long)
            }
            let limit = Duration.seconds(60 * (limit ?? (quick ? 1 : 13)))
            let repeated = parts.filter { !$0.isOnce }
            guard !repeated.isEmpty else { return }
            var longest = Duration.zero
            for round in 1...rounds {
                let begun = ContinuousClock.now
                guard round == 1 || begun - started + longest <= limit else {
                    return Terminal.complain("no time for more than \(round - 1) of \(rounds) rounds (--limit)")
                }
                let times = MachineTimes.read()
                for part in repeated {
                    Terminal.complain("round \(round) of \(rounds): \(part.rawValue)")
                    try await measurements.measure(part, round: round, rounds: rounds, long: long)
                }
                if let percent = times?.stolenPercent(until: .read()) { measurements.figures.add("stolen_percent", percent) }
                longest = max(longest, ContinuousClock.now - begun)
            }
        }

        private func report(_ figures: Figures, withPrediction: Bool) throws {
            let machine = Machine.current()
            let mode: FigureFile.Mode = quick ? .quick : .full
            Terminal.print(machine.line)
            let table = FigureTable.lines(figures)
            for line in table { Terminal.print(line) }
            if table.contains(where: { $0.hasSuffix("!") }) { Terminal.print(FigureTable.note) }
            if withPrediction { BenchCommand.predict(figures, walMegabytes: walMegabytes) }
            guard let json else { return }
            let file = FigureFile(machine: machine, measuredAt: Date.now.formatted(.iso8601), mode: mode, figures: figures)
            guard FileManager.default.createFile(atPath: json, contents: Data(file.json)) else {
                throw CommandFailure.wrongUse("\(Terminal.safe(json)) cannot be written.")
            }
        }
    }

    /// Prints the budget of the stages and what more cores would do, as far as it was measured.
    static func predict(_ figures: Figures, walMegabytes: Int) {
        guard let budget = StageBudget(figures), let prediction = ScalePrediction(figures, walMegabytes: walMegabytes) else {
            return Terminal.complain("no budget of stages was measured: nothing to predict from")
        }
        for line in [""] + budget.lines + [""] + prediction.lines { Terminal.print(line) }
    }
}
