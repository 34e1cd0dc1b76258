internal import Commerce
internal import Foundation
internal import Messages
internal import RabbitMQ
internal import Simulation

/// Where a play happens: holds the played world, and wakes whoever waits for it to change.
///
/// The first failure of any part, the listener's, the courier's or the watch's, ends the play: every wait throws it.
actor Stage {
    /// Unanswered messages from which on the script pauses.
    static let window = 2_000
    /// Unanswered stock adjustments from which on no order is sent: orders shall find the stock that lay there before them.
    private static let adjustmentsBeforeOrder = 100

    private(set) var world: PlayedWorld
    private let courier: Courier
    /// Whether sourcing has looked at every order the system has.
    private let isEveryOrderDecided: @Sendable () async throws -> Bool
    private var ordersSinceFeed = 0
    private var failure: (any Error)?
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private var isScriptOver = false
    private var isOver = false
    private var isCongested = false

    init(world: PlayedWorld, courier: Courier, isEveryOrderDecided: @escaping @Sendable () async throws -> Bool) {
        self.world = world
        self.courier = courier
        self.isEveryOrderDecided = isEveryOrderDecided
    }

    // MARK: The script

    /// Takes a step, as soon as there is room for it.
    func take(_ step: ReplayStep) async throws {
        switch step {
        case .publish(let message):
            try await settle(before: message)
            try await wait { stage in !stage.isCongested && stage.world.unanswered.count < Self.window && stage.isStockKnown(to: message) }
            await courier.send(world.tell(message))
        case .release(let release):
            await courier.send(world.release(release))
            // Parcels count too: without end they could outrun the workers.
            try await wait { $0.world.unanswered.count < 2 * Self.window }
        }
    }

    /// A count of stock comes after the orders before it have been decided, as it would in life: else nothing would ever wait for it.
    private func settle(before message: ScriptMessage) async throws {
        if message.type == InboundType.orderPlaced.rawValue { ordersSinceFeed += 1 }
        guard message.type == InboundType.stockReported.rawValue, ordersSinceFeed > 0 else { return }
        ordersSinceFeed = 0
        try await wait { $0.world.tally.unanswered(.orderPlaced) == 0 }
        while try await !isEveryOrderDecided() {
            if let failure { throw failure }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Every step is taken; returns when the watch finds everything drained.
    func finish() async throws {
        isScriptOver = true
        try await wait { $0.isOver }
    }

    private func isStockKnown(to message: ScriptMessage) -> Bool {
        if message.type == InboundType.stockReported.rawValue { return true }
        guard world.tally.unanswered(.stockReported) == 0 else { return false }
        return message.type != InboundType.orderPlaced.rawValue || world.tally.unanswered(.stockAdjusted) < Self.adjustmentsBeforeOrder
    }

    // MARK: What is heard

    func hear(_ deliveries: [Delivery]) async {
        var cues: [PlayedWorld.Cue] = []
        for delivery in deliveries {
            if delivery.exchange.isEmpty {
                guard let number = delivery.properties.correlationID.flatMap({ Int($0) }), let answer = PlayAnswer(json: delivery.body)
                else { continue }
                cues += world.answer(number, answer)
            } else if let event = try? ReceivedEvent(json: delivery.body) {
                cues += world.hear(event)
            }
        }
        await courier.send(cues)
        changed()
    }

    // MARK: What the watch says

    /// What is counted, how many messages have no answer, and whether nothing will come any more from here.
    var standing: (tally: PlayTally, unanswered: Int, isSettled: Bool) {
        (world.tally, world.unanswered.count, isScriptOver && world.isQuiet)
    }

    func setCongested(_ congested: Bool) {
        guard congested != isCongested else { return }
        isCongested = congested
        changed()
    }

    func end() {
        isOver = true
        changed()
    }

    func fail(_ error: any Error) {
        failure = failure ?? error
        changed()
    }

    private func changed() {
        let woken = waiters
        waiters.removeAll()
        for waiter in woken { waiter.resume() }
    }

    private func wait(until condition: (isolated Stage) -> Bool) async throws {
        while true {
            if let failure { throw failure }
            if condition(self) { return }
            await withCheckedContinuation { waiters.append($0) }
        }
    }
}

extension PlayAnswer {
    private struct Body: Decodable {
        var accepted: Bool
        var code: String?
    }

    /// Reads a worker's reply; `nil` for what is none.
    init?(json: [UInt8]) {
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(json)) else { return nil }
        self = body.accepted ? .accepted : .refused(code: body.code ?? "unknown")
    }
}
