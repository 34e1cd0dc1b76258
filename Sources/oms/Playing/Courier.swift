internal import Foundation
internal import Messages
internal import RabbitMQ
internal import Simulation

/// Carries messages to the broker: batches of some hundreds, several on their way at a time, every one confirmed.
actor Courier {
    private static let batch = 400
    private static let batchesInFlight = 4

    private let publisher: Publisher
    /// Where answers go.
    private let address: String
    /// Tells this play's messages from any other's.
    private let run: String
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation
    private var pending: [PlayedWorld.Cue] = []
    private var failure: (any Error)?

    init(publisher: Publisher, address: String, run: String) {
        self.publisher = publisher
        self.address = address
        self.run = run
        (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func send(_ cues: [PlayedWorld.Cue]) {
        guard !cues.isEmpty else { return }
        pending.append(contentsOf: cues)
        arrival.yield()
    }

    /// Works until its task is cancelled, or throws what went wrong.
    func work() async throws {
        await withTaskGroup(of: Void.self) { group in
            var inFlight = 0
            for await _ in arrivals {
                while !pending.isEmpty, failure == nil {
                    if inFlight == Self.batchesInFlight {
                        await group.next()
                        inFlight -= 1
                    }
                    let cues = Array(pending.prefix(Self.batch))
                    pending.removeFirst(cues.count)
                    group.addTask { await self.publish(cues) }
                    inFlight += 1
                }
            }
        }
        if let failure { throw failure }
    }

    private func publish(_ cues: [PlayedWorld.Cue]) async {
        do {
            let outcomes = try await publisher.publish(cues.map(message))
            let missing = outcomes.count { $0 != .confirmed }
            guard missing > 0 else { return }
            throw CommandFailure.fault("The broker did not take \(missing) of \(cues.count) messages: has `oms topology apply` run?")
        } catch {
            failure = failure ?? error
            arrival.finish()
        }
    }

    private func message(_ cue: PlayedWorld.Cue) -> OutgoingMessage {
        var properties = MessageProperties()
        properties.contentType = "application/json"
        properties.type = cue.message.type
        properties.messageID = "\(run)-\(cue.number)"
        properties.correlationID = String(cue.number)
        properties.replyTo = address
        return OutgoingMessage(
            exchange: BrokerTopology.inboundExchange,
            routingKey: cue.message.type,
            mandatory: true,
            properties: properties,
            body: cue.message.body
        )
    }
}
