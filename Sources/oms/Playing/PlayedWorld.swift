internal import Commerce
internal import Messages
internal import Simulation
internal import Store

/// What the played outside world knows: channels that wait for answers, locations that hold parcels. Pure: it is told what
/// happened and gives what to send.
///
/// - A message about an order is sent when the order's own is answered: in life minutes lie between them.
/// - Parcels of a held order leave when it is released and its cancellations are answered, or else a parcel could overtake the
///   cancellation that came before it.
/// - `delivered` is sent when `dispatched` is answered.
///
/// Memory: the unanswered messages, the held orders, and eight bytes per parcel.
struct PlayedWorld {
    /// A message to send, under the number its answer comes back with.
    struct Cue: Sendable {
        var number: Int
        var message: ScriptMessage
        fileprivate var order: String?
        fileprivate var followUp: ScriptMessage?
    }

    private struct Request {
        var fulfillmentID: String
        var lines: [LineQuantity]
    }

    private(set) var tally = PlayTally()
    private(set) var unanswered: [Int: Cue] = [:]

    private let channels: Set<String>
    private let holdsEveryOrder: Bool
    private let player = LocationPlayer()
    /// The script's time; `nil` before its first step.
    private var clock: Timestamp?
    private var lastNumber = 0
    private var placing: [String: Int] = [:]
    private var parked: [String: [ScriptMessage]] = [:]
    private var cancelling: [String: Int] = [:]
    private var held: Set<String>
    /// Released, but a cancellation is unanswered.
    private var releasing: Set<String> = []
    private var requests: [String: [Request]] = [:]
    private var cancelledUnits: [String: [String: Int64]] = [:]
    private var known: Set<Int64> = []

    /// - Parameters:
    ///   - channels: whose parcels are played.
    ///   - held: orders, as `channel/orderId`, whose parcels wait for their release; `nil`: those of every order.
    init(channels: Set<String>, held: Set<String>?) {
        self.channels = channels
        self.held = held ?? []
        holdsEveryOrder = held == nil
    }

    /// Everything that was sent is answered, and nothing waits to be sent.
    var isQuiet: Bool { unanswered.isEmpty && parked.isEmpty && releasing.isEmpty }

    // MARK: What the script says

    mutating func tell(_ message: ScriptMessage) -> [Cue] {
        clock = max(clock ?? message.time, message.time)
        guard message.expectedRefusal == nil, !message.type.hasPrefix("stock."), let order = message.orderKey else {
            return [cue(message)]
        }
        if message.type == InboundType.orderPlaced.rawValue {
            placing[order, default: 0] += 1
            if holdsEveryOrder { held.insert(order) }
            return [cue(message, order: order)]
        }
        if message.type == InboundType.orderCancelled.rawValue { cancelling[order, default: 0] += 1 }
        guard placing[order] == nil else {
            parked[order, default: []].append(message)
            return []
        }
        return [cue(message, order: order)]
    }

    mutating func release(_ release: ReplayRelease) -> [Cue] {
        clock = max(clock ?? release.time, release.time)
        let order = OrderKey.text(release.channel, release.orderID)
        guard cancelling[order] == nil else {
            releasing.insert(order)
            return []
        }
        return letGo(order, at: release.time)
    }

    // MARK: What the system says

    mutating func answer(_ number: Int, _ answer: PlayAnswer) -> [Cue] {
        // An answer may come twice, as every message may.
        guard let cue = unanswered.removeValue(forKey: number) else { return [] }
        tally.take(answer, to: cue.message)
        var next: [Cue] = []
        if answer == .accepted, let delivered = cue.followUp { next.append(self.cue(delivered)) }
        guard let order = cue.order else { return next }
        if cue.message.type == InboundType.orderPlaced.rawValue, Self.decrement(&placing, order) {
            next += (parked.removeValue(forKey: order) ?? []).map { self.cue($0, order: order) }
        }
        if cue.message.type == InboundType.orderCancelled.rawValue, Self.decrement(&cancelling, order), releasing.remove(order) != nil {
            next += letGo(order, at: clock ?? cue.message.time)
        }
        return next
    }

    /// An event that a location listens to.
    mutating func hear(_ event: ReceivedEvent) -> [Cue] {
        guard let channel = event.channel, let orderID = event.orderID, let id = event.fulfillmentID, channels.contains(channel),
            let key = FulfillmentID.key(id)
        else { return [] }
        let order = OrderKey.text(channel, orderID)
        switch event.type {
        case .fulfillmentRequested:
            guard known.insert(key).inserted else { return [] }
            tally.parcels += 1
            let request = Request(fulfillmentID: id, lines: event.lines.map { LineQuantity(lineID: $0.lineID, quantity: $0.quantity) })
            guard held.contains(order) else { return ship(request, at: clock ?? event.time) }
            requests[order, default: []].append(request)
        case .fulfillmentCancelled where held.contains(order):
            for line in event.lines { cancelledUnits[id, default: [:]][line.lineID, default: 0] += line.quantity }
        default: break
        }
        return []
    }

    private mutating func letGo(_ order: String, at time: Timestamp) -> [Cue] {
        held.remove(order)
        return (requests.removeValue(forKey: order) ?? []).flatMap { ship($0, at: time) }
    }

    private mutating func ship(_ request: Request, at time: Timestamp) -> [Cue] {
        let cancelled = cancelledUnits.removeValue(forKey: request.fulfillmentID) ?? [:]
        let lines = request.lines.map { LineQuantity(lineID: $0.lineID, quantity: $0.quantity - (cancelled[$0.lineID] ?? 0)) }
        return player.shipments(of: request.fulfillmentID, lines, at: time).map { cue($0.dispatched, followUp: $0.delivered) }
    }
}

extension PlayedWorld {
    private mutating func cue(_ message: ScriptMessage, order: String? = nil, followUp: ScriptMessage? = nil) -> Cue {
        lastNumber += 1
        let cue = Cue(number: lastNumber, message: message, order: order, followUp: followUp)
        unanswered[lastNumber] = cue
        tally.send(message)
        return cue
    }

    /// Gives whether nothing is left.
    private static func decrement(_ counts: inout [String: Int], _ key: String) -> Bool {
        let left = (counts[key] ?? 1) - 1
        counts[key] = left > 0 ? left : nil
        return left <= 0
    }
}
