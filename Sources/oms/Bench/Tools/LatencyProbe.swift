internal import Commerce
internal import Foundation
internal import Messages
internal import RabbitMQ
internal import Simulation
internal import Synchronization

/// Measures how long an order takes from being published to being heard of as sourced, by somebody outside.
final class LatencyProbe: Sendable {
    private let stage: BenchStage
    private let listener: BenchListener
    private let placedAt: Timestamp
    private let sent = Mutex<[String: ContinuousClock.Instant]>([:])
    private let taken = Mutex<[Double]>([])

    init(stage: BenchStage, placedAt: Timestamp) async throws {
        self.stage = stage
        self.placedAt = placedAt
        listener = try await BenchListener(stage: stage, events: "order.sourced")
    }

    /// Gives the milliseconds of every order.
    func run(perSecond: Int, seconds: Int) async throws -> [Double] {
        async let listening: Void = listen(for: perSecond * seconds)
        try await withThrowingTaskGroup(of: Void.self) { group in
            var orders = BenchOrders(seed: 7, prefix: "E-", placedAt: placedAt)
            let start = ContinuousClock.now
            for number in 0..<(perSecond * seconds) {
                try await Task.sleep(until: start + .microseconds(number * 1_000_000 / perSecond))
                let id = orders.orderID(orders.number)
                let message = BenchStage.message("order.placed", orders.next())
                // The next one is sent when its time has come, whether this one is confirmed or not.
                group.addTask {
                    self.sent.withLock { $0[id] = .now }
                    _ = try await self.stage.publisher.publish([message])
                }
            }
            try await group.waitForAll()
        }
        try await listening
        try await listener.close()
        return taken.withLock { $0 }
    }

    private func listen(for count: Int) async throws {
        while taken.withLock({ $0.count }) < count {
            let isOpen = try await listener.next { deliveries in
                let now = ContinuousClock.now
                for delivery in deliveries {
                    guard let id = try ReceivedEvent(json: delivery.body).orderID, let start = self.sent.withLock({ $0[id] })
                    else { continue }
                    self.taken.withLock { $0.append((now - start).inSeconds * 1_000) }
                }
            }
            guard isOpen else { return }
        }
    }
}
