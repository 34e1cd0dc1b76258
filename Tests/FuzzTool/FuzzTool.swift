internal import ArgumentParser
internal import Foundation
internal import Fuzzing

/// The long form of the fuzz tests: `ops/fuzz`.
@main
struct FuzzTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Give one reader a great many inputs. Run it through ops/fuzz.",
        discussion: """
            An input is made of the seed and its index alone, so each can be replayed. Exit status 1 where something does not hold, 3 where an \
            input is not done within the bound on processor time.

            Example: ops/fuzz --target network --inputs 200000 --seed 7
            """
    )

    @Option(help: "messages, network or csv.")
    var target: String

    @Option(help: "How many.")
    var inputs = 333_334

    @Option(help: "What they are made of.")
    var seed: UInt64 = 1

    @Option(help: "Only the input of this index; it is written to a file, and told.")
    var only: Int?

    @Option(help: "Processor time that one input may take, seconds.")
    var bound = 10

    @Option(help: "Where the index of the input at hand is kept, so that a crash leaves it behind.")
    var place: String?

    func validate() throws {
        guard (1...1_000_000_000).contains(inputs) else { throw ValidationError("--inputs must be 1 to 1,000,000,000.") }
        guard (1...3_600).contains(bound) else { throw ValidationError("--bound must be 1 to 3,600.") }
        guard only.map({ $0 >= 0 }) ?? true else { throw ValidationError("--only must be 0 or more.") }
        guard ["messages", "network", "csv"].contains(target) else { throw ValidationError("--target must be messages, network or csv.") }
    }

    func run() throws {
        switch target {
        case "network": try run(NetworkTarget())
        case "csv": try run(CSVTarget())
        default: try run(MessageTarget())
        }
    }

    private func run(_ target: some FuzzTarget) throws {
        guard !target.samples.isEmpty else {
            throw ValidationError("The samples of \(target.name) are not there: they lie in the project.")
        }
        let run = FuzzRun(seed: seed, bound: .seconds(bound))
        let watch = FuzzWatch(of: target.name, seed: seed, bound: .seconds(2 * bound), place: place)
        watch.begin()
        let indexes = only.map { $0..<($0 + 1) } ?? 0..<inputs
        if let only { try write(run.input(only, of: target), target.name) }
        do throws(FuzzComplaint) {
            tell(try run.perform(target, indexes) { watch.begins($0) }, target.name)
        } catch {
            print("BROKEN \(error)")
            throw ExitCode(1)
        }
    }

    private func write(_ input: FuzzInput, _ name: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(name)-\(seed)-\(input.index)")
        try Data(input.bytes).write(to: file)
        print("\(name), seed \(seed), input \(input.index): \(input.bytes.count) bytes, in \(file.path)")
    }

    private func tell(_ tally: FuzzTally, _ name: String) {
        let milliseconds = tally.time / .milliseconds(1)
        let slowest = Int(tally.slowest.took / .milliseconds(1))
        print(
            """
            holds  \(name): \(tally.inputs) inputs of seed \(seed), \(tally.bytes / 1_000_000) MB; \(tally.taken) taken, \(tally.refusals) refused; \
            \(Int(milliseconds / 1_000)) s of processor time, \(slowest) ms at most (input \(tally.slowest.index))
            """
        )
        for (code, count) in tally.refused.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) { print("       \(count) \(code)") }
    }
}
