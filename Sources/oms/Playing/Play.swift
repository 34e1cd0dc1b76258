internal import Commerce
internal import Foundation
internal import Logging
internal import Postgres
internal import RabbitMQ
internal import Simulation
internal import Store

/// Plays the outside world against running workers: channels that send a script, locations that ship what they are asked to.
struct Play: Sendable {
    let settings: Settings
    /// The network that is played.
    let network: Network
    /// `channel/orderId` of orders whose parcels wait for their release; `nil`: every order's.
    let held: Set<String>?
    let pace: Pace

    /// Sends the script's steps, and returns when the system has nothing left to do.
    ///
    /// - Throws: the first failure, a lost connection included; `CommandFailure` when nothing moves any more.
    func perform(_ next: () throws -> ReplayStep?) async throws -> PlayTally {
        let run = "play-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
        let configuration = try settings.broker(name: "oms play")
        let publisher = try await Publisher.connect(configuration, logger: Logging.quiet)
        let session = try settings.session()
        do {
            let queue = try await PlayQueue.declare(
                "oms.play.\(run)",
                locations: network.locations.map(\.id),
                publisher: publisher,
                configuration: configuration
            )
            let courier = Courier(publisher: publisher, address: queue.name, run: run)
            let world = PlayedWorld(channels: Set(network.channels.map(\.id)), held: held)
            let stage = Stage(world: world, courier: courier) {
                try await session.read { tx in try Backlog.undecidedOrders(in: tx) == 0 }
            }
            let watch = Watch(stage: stage, publisher: publisher, session: session)
            let result = await Result { try await act(next, stage: stage, courier: courier, queue: queue, watch: watch) }
            _ = try? await publisher.delete(queue: queue.name)
            await publisher.close()
            await session.close()
            return try result.get()
        } catch {
            await publisher.close()
            await session.close()
            throw error
        }
    }

    private func act(
        _ next: () throws -> ReplayStep?,
        stage: Stage,
        courier: Courier,
        queue: PlayQueue,
        watch: Watch
    ) async throws -> PlayTally {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let parts: [@Sendable () async throws -> Void] = [
                { try await queue.listen { await stage.hear($0) } },
                { try await courier.work() },
                { try await watch.work() },
            ]
            for part in parts {
                group.addTask {
                    do { try await part() } catch { await stage.fail(error) }
                }
            }
            defer { group.cancelAll() }
            try await withTaskCancellationHandler {
                let start = ContinuousClock.now
                var first: Timestamp?
                while let step = try next() {
                    first = first ?? step.time
                    try await pace.wait(for: step.time, since: first ?? step.time, started: start)
                    try await stage.take(step)
                }
                try await stage.finish()
            } onCancel: {
                Task { await stage.fail(CancellationError()) }
            }
            return await stage.world.tally
        }
    }
}

/// How fast a script's time passes.
enum Pace: Sendable, Hashable {
    case max
    /// So many simulated seconds in a second.
    case times(Double)

    func wait(for time: Timestamp, since first: Timestamp, started: ContinuousClock.Instant) async throws {
        guard case .times(let factor) = self else { return }
        let due = started + .seconds(Double(time.rawValue - first.rawValue) / 1_000_000 / factor)
        if due > .now { try await Task.sleep(until: due, clock: .continuous) }
    }
}

extension Result where Failure == any Error {
    /// What came of it, good or bad.
    init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
