internal import ArgumentParser
internal import Foundation

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure this system. EMPTIES the database and the queues: run it through ops/bench.",
        discussion: """
            Every figure is measured on the real servers with worker processes of this program. OMS_BENCH_TPCB_ROUNDS holds pgbench's figures of the \
            same run, as the machine's yardstick.

            Example: ops/bench --quick --json figures.json
            """,
        shouldDisplay: false
    )

    @Flag(help: "One shorter round of each.")
    var quick = false

    @Option(help: "Write the figures there.")
    var json: String?

    @Option(help: "Rounds of each figure.")
    var rounds: Int?

    @Option(help: "Only these: sourced, life, flash, feed, latency.")
    var only: [String] = []

    func run() async throws {
        let known = ["sourced", "life", "flash", "feed", "latency"]
        if let wrong = only.first(where: { !known.contains($0) }) {
            throw CommandFailure.wrongUse("\(Terminal.safe(wrong)) is no measurement. There are: \(known.joined(separator: ", ")).")
        }
        let stage = try await BenchStage(settings: Settings.load())
        var measurements = Measurements(stage: stage, isQuick: quick)
        let environment = ProcessInfo.processInfo.environment
        let yardstick = (environment["OMS_BENCH_TPCB_ROUNDS"] ?? "").split(separator: ",").compactMap { Double($0) }
        measurements.addYardstick(yardstick)
        for round in 1...max(1, rounds ?? (quick ? 1 : 3)) {
            for name in known where only.isEmpty || only.contains(name) {
                Terminal.complain("round \(round): \(name)")
                switch name {
                case "sourced": try await measurements.placedToSourced(round: round)
                case "life": try await measurements.wholeLife(round: round)
                case "flash": try await measurements.flashSale(round: round)
                case "feed": try await measurements.feed(round: round)
                default: try await measurements.latency(round: round)
                }
            }
        }
        measurements.finish()
        await stage.close()
        report(measurements.figures)
    }

    private func report(_ figures: Figures) {
        let machine = Machine.current()
        Terminal.print(machine.line)
        for line in figures.table { Terminal.print(line) }
        if let orders = figures["placed_to_sourced_per_s"], let yardstick = figures["tpcb_per_s"], yardstick > 0 {
            Terminal.print("placed to sourced is \(Int(orders / yardstick * 100)) % of pgbench's TPC-B of the same run")
        }
        if let json {
            let written = FileManager.default.createFile(atPath: json, contents: Data(figures.json(machine: machine)))
            if !written { Terminal.complain("oms: \(json) cannot be written.") }
        }
    }
}
