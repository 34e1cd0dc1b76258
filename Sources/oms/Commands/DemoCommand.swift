internal import ArgumentParser
internal import Store

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "A day of a made-up shop, through real workers, with a report.",
        discussion: """
            Needs an empty, prepared database and broker; `ops/demo` brings both, and is the command to start with. It applies a network of its \
            own, starts two workers as child processes, publishes the day's messages as fast as they are taken, plays the locations, waits until \
            every parcel is shipped, invoiced and mailed. Then come some scenes, told with the commands to type: a supplier's feed that stops, \
            a parcel that is refused, an order that is held, a change of the rules. It stops the workers, and audits the database.

            The same seed gives the same orders. Progress goes to standard error, the report to standard output. OMS_DEMO_OUTPUT names the folder \
            for the invoice it shows. Exit status 1 if the audit finds a violation, or a message was refused that should not be.

            Example: oms demo --orders 500 --seed 7
            """
    )

    @Option(help: "How many orders the day has, 1 to 1,000,000.")
    var orders = 2_000

    @Option(help: "Another seed, another day.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (1...1_000_000).contains(orders) else { throw ValidationError("--orders must be 1 to 1,000,000.") }
    }

    func run() async throws {
        let demo = Demo(orders: orders, seed: seed)
        let result = try await Interruption.ends { try await demo.run() }
        for line in DemoReport(result: result).text { Terminal.print(line) }
        let violations = AuditVerdict.violations(result.findings)
        guard violations == 0 else { throw CommandFailure.fault("the audit found \(violations.grouped) violations") }
        let refused = result.tally.refused
        guard refused.isEmpty else {
            let codes = refused.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }.joined(separator: ", ")
            throw CommandFailure.fault("messages were refused that should not be: \(codes)")
        }
        guard result.tally.notRefusedAsExpected == 0 else {
            throw CommandFailure.fault("broken messages were not refused as they should be")
        }
    }
}
