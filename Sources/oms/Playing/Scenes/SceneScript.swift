internal import Commerce
internal import Foundation
internal import Messages
internal import Postgres
internal import RabbitMQ
internal import Simulation
internal import Store
internal import Workers

/// What a scene has to act with, and what it has told so far: sentences, commands with their output, events that came.
struct SceneScript {
    static let channel = SceneNetwork.channel
    private static let width = 80

    let settings: Settings
    let session: PostgresSession
    let events: SceneEvents
    private(set) var text: [String] = []

    init(settings: Settings, session: PostgresSession, events: SceneEvents) {
        self.settings = settings
        self.session = session
        self.events = events
    }

    mutating func title(_ title: String) {
        breathe()
        text += [title, String(repeating: "-", count: title.count)]
    }

    mutating func say(_ words: String) {
        if text.last?.hasPrefix("---") == false { breathe() }
        text += words.wrapped(Self.width, hanging: 0)
    }

    /// One empty line, where there is none yet.
    private mutating func breathe() {
        guard let last = text.last, !last.isEmpty else { return }
        text.append("")
    }

    /// Shows a command, and what it says.
    mutating func type(_ command: SceneCommand) async throws {
        breathe()
        text.append("$ \(command.typed)")
        text += try await command.run().map { $0.fitted(Self.width) }
        text.append("")
    }

    /// Sends a message as a channel or a location would, and waits until it is accepted.
    func send(_ message: some InboundBody) async throws {
        switch try await Inquiry.send(message, settings: settings, within: SceneEvents.patience) {
        case .accepted: return
        case .refused(let code, let sentence): throw CommandFailure.fault("\(message.type.rawValue) was refused (\(code)): \(sentence)")
        case .silence:
            throw CommandFailure.unreachable(
                "no worker answered \(message.type.rawValue) within \(SceneEvents.patience.components.seconds) s"
            )
        }
    }

    /// Waits for an event, and tells of it in a line.
    @discardableResult
    mutating func hear(_ type: EventType, order: String? = nil, location: String? = nil, count: Int = 1, _ remark: String? = nil)
        async throws -> ReceivedEvent
    {
        let event = try await events.next(type, order: order, location: location, count: count)
        let about = order.map { "\(Self.channel)/\($0)" } ?? location ?? event.subject
        let end = remark ?? event.reason.map { "reason: \($0)" } ?? Self.places(event)
        text.append("  <- \(type.rawValue.padded(24)) \(about)\(end.isEmpty ? "" : "  \(end)")".fitted(Self.width))
        return event
    }

    private static func places(_ event: ReceivedEvent) -> String {
        event.fulfillments.map { "\($0.fulfillmentID) from \($0.location)" }.joined(separator: ", ")
    }

    /// Places an order for one lamp, and gives the parcel that it becomes.
    mutating func place(_ id: String, of sku: String) async throws -> Event.OrderSourced.Fulfillment {
        try await send(SceneMessages.order(id, of: sku, at: SystemClock.now()))
        return try await sourced(id)
    }

    /// The parcel of the order's `count`th decision, told in a line.
    mutating func sourced(_ id: String, count: Int = 1) async throws -> Event.OrderSourced.Fulfillment {
        guard let parcel = try await hear(.orderSourced, order: id, count: count).fulfillments.first else {
            throw CommandFailure.fault("\(Self.channel)/\(id) was sourced without a parcel")
        }
        return parcel
    }

    func reject(_ parcel: Event.OrderSourced.Fulfillment, _ reason: FulfillmentRejected.Reason) async throws {
        try await send(SceneMessages.rejection(parcel.fulfillmentID, reason, at: SystemClock.now()))
    }

    func ship(_ parcel: Event.OrderSourced.Fulfillment) async throws {
        let lines = parcel.lines.map { LineQuantity(lineID: $0.lineID, quantity: $0.quantity) }
        try await send(SceneMessages.dispatch(parcel.fulfillmentID, lines, at: SystemClock.now()))
    }
}
