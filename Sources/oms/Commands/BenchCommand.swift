internal import ArgumentParser

/// The benchmark: `ops/bench` builds, starts servers of its own, and runs this.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure this system. EMPTIES the database and the queues: run it through ops/bench.",
        discussion: """
            Every figure is measured on the real servers with worker processes of this program. `oms bench figures` says what each figure is, \
            and how it is measured.

            Examples:
              ops/bench --quick
              ops/bench --json new.json && ops/bench compare new.json
              ops/bench scale --json scale.json
            """,
        shouldDisplay: false,
        subcommands: [Run.self, Compare.self, Accept.self, Predict.self, List.self],
        defaultSubcommand: Run.self
    )
}
