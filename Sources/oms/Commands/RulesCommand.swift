internal import ArgumentParser
internal import Commerce
internal import Messages
internal import Postgres
internal import Store

struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Routing rules.",
        subcommands: [Shadow.self, Simulate.self]
    )

    struct Shadow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What the shadow rules would have decided otherwise.",
            discussion: """
                Compares all decisions since `rules` or `shadowRules` were last applied: parcels, their costs, and how many decisions held an order or left \
                some of it waiting or cancelled. `oms order why` tells of single orders.

                Example: oms rules shadow --json
                """
        )

        @Flag(help: "Print one JSON object.")
        var json = false

        func run() async throws {
            let session = try await Settings.load().session()
            let (comparison, isInForce) = try await session.read { tx in
                let network = try NetworkStore.load(in: tx)
                let isInForce = network.settings.rules.shadow?.isEmpty == false
                return (try ShadowComparison.load(in: tx), isInForce)
            }
            if json { return Terminal.print(ShadowText.json(comparison, isInForce: isInForce)) }
            for line in ShadowText.lines(comparison, isInForce: isInForce) { Terminal.print(line) }
        }
    }
}
