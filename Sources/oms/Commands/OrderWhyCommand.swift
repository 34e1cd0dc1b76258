internal import ArgumentParser
internal import Postgres
internal import Store

extension OrderCommand {
    struct Why: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Why an order ships from where it does, or why it does not.",
            discussion: """
                Tells of each decision which strategy, or the default rule, made it, which ones were passed over and why, what each location had, \
                what kept locations out, and what the answer and the runner-up are worth. Decisions are kept for as long as `decisions` in \
                the network file says: 90 days, unless it says otherwise. All times are UTC. Exit status 1: there is no such order.

                Example: oms order why shop-de 100042
                """
        )

        @Argument(help: "The channel's id.")
        var channel: String

        @Argument(help: "The order's id, as the channel gave it.")
        var orderID: String

        @Flag(help: "Print one JSON object.")
        var json = false

        func run() async throws {
            let session = try await Settings.load().session()
            let (channelID, orderID) = (channel, orderID)
            try TypedID.check(channelID, "A channel's id")
            try TypedID.check(orderID, "An order's id")
            let (network, story, decisions) = try await session.read { tx -> (NetworkSnapshot, OrderStory?, [DecisionStore.Row]) in
                let network = try NetworkStore.load(in: tx)
                guard let channel = network.channel(channelID) else { return (network, nil, []) }
                guard let story = try OrderStory.find(channel: channel.key, id: orderID, in: tx) else { return (network, nil, []) }
                return (network, story, try DecisionStore.of(story.key, in: tx))
            }
            guard network.channel(channelID) != nil else {
                throw CommandFailure.wrongUse("No channel \(Terminal.safe(channelID)) is in the network.")
            }
            guard let story else {
                throw CommandFailure.fault("\(Terminal.safe(channelID)) has no order \(Terminal.safe(orderID)).")
            }
            if json { return Terminal.print(DecisionPageJSON(story: story, decisions: decisions, network: network).text) }
            for line in DecisionPage(story: story, decisions: decisions, network: network).text { Terminal.print(line) }
        }
    }
}
