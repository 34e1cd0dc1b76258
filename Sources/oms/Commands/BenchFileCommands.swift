internal import ArgumentParser
internal import Foundation

extension BenchCommand {
    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "compare",
            abstract: "What changed from one file of figures to another.",
            discussion: """
                Of each figure the two medians, the change, and the spread: half the width of the wider range of runs. A change is real where the ranges of the \
                two do not touch and the medians differ by 3 % at least; else it is within noise. Of fewer than three runs (--quick) a range of 15 % to \
                both sides is assumed.

                With one file, it is compared with the last accepted one of its machine in ops/baselines.

                Exit status: 0 nothing is worse, 1 a figure is worse beyond the spread.

                Examples:
                  ops/bench compare old.json new.json
                  ops/bench compare new.json
                """
        )

        @Argument(help: "The older file, then the newer one; or the newer one alone.")
        var files: [String]

        @Option(help: "Folder of the accepted figures.")
        var baselines = Baselines.folder

        func run() async throws {
            guard files.count <= 2, let last = files.last else { throw CommandFailure.wrongUse("Name one file or two.") }
            let new = try FigureFile.read(last)
            let old = try files.count == 2 ? FigureFile.read(files[0]) : Baselines(folder: baselines).required(of: new.machine)
            let comparison = BenchComparison(old: old, new: new)
            for line in comparison.lines { Terminal.print(Terminal.safe(line)) }
            if comparison.isWorse { throw CommandFailure.fault("a figure is worse, beyond the spread") }
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accept",
            abstract: "Keep a file of figures as what later ones are compared with.",
            discussion: """
                There is one file per machine in ops/baselines, to be committed. Figures that the new file does not have (of --soak for instance) stay as \
                they are. Refused: figures of --quick, and such as are worse than the accepted ones, unless --even-worse says that this is how it is \
                to be.

                Example: ops/bench accept new.json && git add ops/baselines
                """
        )

        @Argument(help: "A file that ops/bench --json wrote.")
        var file: String

        @Flag(help: "Accept what is worse beyond the spread too.")
        var evenWorse = false

        @Option(help: "Folder of the accepted figures.")
        var baselines = Baselines.folder

        func run() async throws {
            let new = try FigureFile.read(file)
            let kept = Baselines(folder: baselines)
            if let reason = Baselines.refusal(of: new) { throw CommandFailure.fault(reason) }
            let old = try kept.find(new.machine)
            if let old {
                let comparison = BenchComparison(old: old, new: new)
                for line in comparison.lines { Terminal.print(Terminal.safe(line)) }
                guard evenWorse || !comparison.isWorse else {
                    throw CommandFailure.fault("a figure is worse, beyond the spread; --even-worse accepts it all the same")
                }
            }
            Terminal.print("accepted: \(try kept.keep(Baselines.merge(new, into: old)))")
        }
    }

    struct Predict: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "predict",
            abstract: "The µs per stage that `ops/bench scale` measured, and what more cores would do by them.",
            discussion: "Example: ops/bench predict scale.json --wal-megabytes 1000"
        )

        @Argument(help: "A file that ops/bench scale --json wrote.")
        var file: String

        @Option(help: "MB/s that the log's disk is taken to write in sequence.")
        var walMegabytes = 500

        func run() async throws {
            guard (1...1_000_000).contains(walMegabytes) else { throw CommandFailure.wrongUse("--wal-megabytes is 1 to 1000000.") }
            BenchCommand.predict(try FigureFile.read(file).figures, walMegabytes: walMegabytes)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "figures",
            abstract: "Every figure: its unit, what it says, how it is measured.",
            discussion: "Example: ops/bench figures latency"
        )

        @Argument(help: "Only figures whose name contains this.")
        var part = ""

        func run() async throws {
            let kinds = FigureKind.all.filter { part.isEmpty || $0.name.contains(part) }
            guard !kinds.isEmpty else { throw CommandFailure.wrongUse("No figure has \(Terminal.safe(part)) in its name.") }
            for kind in kinds {
                for line in kind.description(width: 80) { Terminal.print(line) }
            }
        }
    }
}
