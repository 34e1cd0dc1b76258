internal import ArgumentParser
internal import Simulation

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replay a real shop's sales: the UCI Online Retail file.",
        discussion: """
            Sales become orders, C… invoices cancellations while nothing is shipped, write-offs adjusted stock; what is not told is counted with \
            its reason, and the counts add up to the rows. The network, the stock and the addresses are made up from the data, the same every \
            time. It applies that network, plays the locations, and returns when every parcel is shipped, invoiced and mailed.

            Workers must be running, here or elsewhere, or are started by --workers. Progress goes to standard error, the report to standard \
            output. Exit status 1 if the audit finds a violation, the counts do not add up, or a message was refused.

            Example: oms replay online_retail.csv.xz --limit 20000 --workers 2
            """
    )

    @Argument(help: "The CSV file in the UCI Online Retail layout, plain or .xz.")
    var file: String

    @Option(help: "Only so many rows, from the beginning.")
    var limit: Int?

    @Option(help: "How many simulated seconds pass in a second, e.g. 86400 for a day; max: as fast as the workers take it.")
    var speed = "max"

    @Option(help: "Start so many workers with all roles, and stop them at the end.")
    var workers = 0

    func run() async throws {
        guard limit.map({ $0 > 0 }) ?? true else { throw CommandFailure.wrongUse("--limit must be at least 1.") }
        guard (0...64).contains(workers) else { throw CommandFailure.wrongUse("--workers must be 0 to 64.") }
        let replay = Replay(path: file, limit: limit, pace: try pace(), workers: workers)
        let result = try await Interruption.ends { try await replay.run() }
        let report = ReplayReport(result: result)
        for line in report.text { Terminal.print(line) }
        let violations = AuditVerdict.violations(result.findings)
        guard violations == 0 else { throw CommandFailure.fault("the audit found \(violations.grouped) violations") }
        guard report.addsUp else { throw CommandFailure.fault("the counts do not add up to the rows") }
        let refused = result.tally.refused.values.reduce(0, +)
        guard refused == 0 else { throw CommandFailure.fault("\(refused.grouped) messages were refused: `oms dead list`") }
    }

    private func pace() throws -> Pace {
        if speed == "max" { return .max }
        guard let factor = Double(speed), factor.isFinite, factor > 0 else {
            throw CommandFailure.wrongUse("--speed must be a number above 0, or max.")
        }
        return .times(factor)
    }
}
