internal import ArgumentParser
internal import Commerce
internal import Foundation
internal import Messages
internal import Postgres
internal import Store
internal import Workers

extension OrderCommand {
    struct Held: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Orders that wait for an agent, longest held first.",
            discussion: """
                An order is held when too many locations refused it or did not answer, or when a routing rule says so. It is not sourced until \
                `oms order release` lets it go, its hold is over, or what waits of it is cancelled.

                Example: oms order held --json
                """
        )

        @Option(help: "How many at most.")
        var limit = 1_000

        @Flag(help: "One JSON object a line.")
        var json = false

        func run() async throws {
            guard limit > 0 else { throw CommandFailure.wrongUse("--limit must be at least 1.") }
            let session = try await Settings.load().session()
            let limit = limit
            let (network, orders) = try await session.read { tx in
                (try NetworkStore.load(in: tx), try HeldOrder.list(limit: limit, in: tx))
            }
            for order in orders {
                Terminal.print(json ? HeldOrderText.json(order, network: network) : HeldOrderText.line(order, network: network))
            }
            guard !json else { return }
            let more = orders.count == limit ? ", and maybe more: take a higher --limit" : ""
            Terminal.print(orders.isEmpty ? "nothing is held" : "\(orders.count.grouped) held order\(orders.count == 1 ? "" : "s")\(more)")
        }
    }

    struct Reroute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a parcel away from its location, and have it shipped from elsewhere.",
            discussion: """
                Takes back what the location has not shipped yet. With --to the units are reserved there in the same moment, or nothing happens; \
                without, they are sourced anywhere but there, or wait. The new parcel takes a place of that location's next working day with \
                room; where none has any it is refused. Of an order that is collected it goes to its store. Exit status 1: refused, with the reason.

                Example: oms order reroute shop-de 100042 F1017 --to ham-2
                """
        )

        @Argument(help: "The channel's id.")
        var channel: String

        @Argument(help: "The order's id, as the channel gave it.")
        var orderID: String

        @Argument(help: "The parcel's id, e.g. F1017.")
        var fulfillmentID: String

        @Option(help: "The location that shall ship instead.")
        var to: String?

        @OptionGroup var request: AgentRequestOptions

        func run() async throws {
            guard FulfillmentID.key(fulfillmentID) != nil else {
                throw CommandFailure.wrongUse(
                    "A parcel's id is F and a number, e.g. F1017; \(Terminal.safe(fulfillmentID).fitted(40)) is none."
                )
            }
            let message = OrderReroute(
                channel: channel,
                orderID: orderID,
                fulfillmentID: fulfillmentID,
                to: to,
                requestID: request.id,
                occurredAt: SystemClock.now()
            )
            try await request.send(message, channel: channel, orderID: orderID, location: to)
            let place = to.map { "it ships from \(Terminal.safe($0))" } ?? "it is sourced again"
            Terminal.print("\(Terminal.safe(fulfillmentID)) is taken back; \(place)")
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a held order go.",
            discussion: """
                It is sourced again; refusals of its earlier parcels do not count any more, but their locations are not asked again. Exit status 1: \
                refused, with the reason.

                Example: oms order release shop-de 100042
                """
        )

        @Argument(help: "The channel's id.")
        var channel: String

        @Argument(help: "The order's id, as the channel gave it.")
        var orderID: String

        @OptionGroup var request: AgentRequestOptions

        func run() async throws {
            let message = OrderRelease(channel: channel, orderID: orderID, requestID: request.id, occurredAt: SystemClock.now())
            try await request.send(message, channel: channel, orderID: orderID)
            Terminal.print("\(Terminal.safe(channel))/\(Terminal.safe(orderID)) is let go")
        }
    }
}

/// What commands that ask workers for something have in common.
struct AgentRequestOptions: ParsableArguments {
    @Option(name: .customLong("request-id"), help: "Your id of this request: the same one again has no second effect. Default: a new one.")
    var requestID: String?

    @Option(help: "Seconds to wait for the answer.")
    var wait = 30

    /// The id, the same for the whole run of the command.
    var id: String { requestID ?? Self.generated }

    private static let generated = UUID().uuidString.lowercased()

    func validate() throws {
        guard (1...3_600).contains(wait) else { throw ValidationError("--wait is 1 to 3600 seconds.") }
    }

    /// Sends the message and waits for the answer.
    ///
    /// - Parameter location: a location that the message names.
    func send(_ message: some InboundBody, channel: String, orderID: String, location: String? = nil) async throws {
        try TypedID.check(channel, "A channel's id")
        try TypedID.check(orderID, "An order's id")
        try TypedID.check(id, "A request's id")
        if let location { try TypedID.check(location, "A location's id") }
        let settings = try await Settings.load()
        let session = try settings.session()
        // An order that is not there would be waited for, for hours: whoever types it wants to know now.
        let (isChannel, isLocation, isOrder) = try await session.read { tx in
            let network = try NetworkStore.load(in: tx)
            let isLocation = location.map { network.location($0) != nil } ?? true
            guard let entry = network.channel(channel) else { return (false, isLocation, false) }
            return (true, isLocation, try OrderInsert.existing([(entry.key, orderID)], in: tx).first.flatMap { $0 } != nil)
        }
        guard isChannel else { throw CommandFailure.wrongUse("No channel \(Terminal.safe(channel)) is in the network.") }
        guard isLocation else { throw CommandFailure.wrongUse("No location \(Terminal.safe(location ?? "")) is in the network.") }
        guard isOrder else { throw CommandFailure.fault("\(Terminal.safe(channel)) has no order \(Terminal.safe(orderID)).") }
        switch try await Inquiry.send(message, settings: settings, within: .seconds(wait)) {
        case .accepted: return
        case .refused(let code, let sentence): throw CommandFailure.fault("refused (\(Terminal.safe(code))): \(Terminal.safe(sentence))")
        case .silence:
            throw CommandFailure.unreachable(
                "no worker with role fulfillment answered within \(wait) s; the request waits for one, with --request-id \(Terminal.safe(id))"
            )
        }
    }
}
