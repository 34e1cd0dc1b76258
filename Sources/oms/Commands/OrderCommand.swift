internal import ArgumentParser
internal import Postgres
internal import Store

struct OrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "Orders.",
        subcommands: [Show.self, Held.self, Reroute.self, Release.self, Why.self]
    )

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "An order with its parcels, invoices, payments, mails and whole timeline.",
            discussion: "Holds personal data. All times are UTC.\n\nExample: oms order show shop-de 100042"
        )

        @Argument(help: "The channel's id.")
        var channel: String

        @Argument(help: "The order's id, as the channel gave it.")
        var orderID: String

        @Flag(help: "Print one JSON object, with everything.")
        var json = false

        func run() async throws {
            let session = try await Settings.load().session()
            let (channelID, orderID) = (channel, orderID)
            try TypedID.check(channelID, "A channel's id")
            try TypedID.check(orderID, "An order's id")
            let (network, story) = try await session.read { tx in
                let network = try NetworkStore.load(in: tx)
                guard let channel = network.channel(channelID) else { return (network, OrderStory?.none) }
                return (network, try OrderStory.find(channel: channel.key, id: orderID, in: tx))
            }
            guard network.channel(channelID) != nil else {
                throw CommandFailure.wrongUse("No channel \(Terminal.safe(channelID)) is in the network.")
            }
            guard let story else {
                throw CommandFailure.fault("\(Terminal.safe(channelID)) has no order \(Terminal.safe(orderID)).")
            }
            if json { return Terminal.print(OrderPageJSON(story: story, network: network).text) }
            for line in OrderPage(story: story, network: network).text { Terminal.print(line) }
        }
    }
}
