internal import Commerce
internal import Foundation
internal import Messages
internal import Postgres
internal import RabbitMQ
internal import Simulation
internal import Store
internal import Workers

/// Four short scenes after the demo's day, told with the commands that somebody at the desk would type: a supplier falls silent and
/// comes back, a parcel is refused, an order is held and let go, a change of the rules is rehearsed. They need running workers.
struct DemoScenes: Sendable {
    static let lamp = "LAMP-7"
    static let scarce = "LAMP-8"
    /// Two hours beyond the last missed interval that the supplier is allowed.
    static let silentMinutes = Int32((SceneNetwork.dropAfterMisses + 2) * 60)

    let settings: Settings

    /// Plays the scenes, and gives what is to be told of them, at most 80 columns wide.
    func play() async throws -> [String] {
        try await NetworkSetup.apply(SceneNetwork.yaml, name: "the scenes' network", settings: settings, isQuiet: true)
        let configuration = try settings.broker(name: "oms demo")
        let publisher = try await Publisher.connect(configuration, logger: Logging.quiet)
        let session = try settings.session()
        let events = SceneEvents()
        let queue = try await PlayQueue.declare(
            "oms.play.scenes-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))",
            routingKeys: SceneEvents.routingKeys,
            publisher: publisher,
            configuration: configuration
        )
        do {
            let text = try await tell(queue: queue, session: session, events: events)
            _ = try? await publisher.delete(queue: queue.name)
            await publisher.close()
            await session.close()
            return text
        } catch {
            await publisher.close()
            await session.close()
            throw error
        }
    }

    private func tell(queue: PlayQueue, session: PostgresSession, events: SceneEvents) async throws -> [String] {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await queue.listen { await events.hear($0) } } catch { await events.fail(error) }
            }
            defer { group.cancelAll() }
            var script = SceneScript(settings: settings, session: session, events: events)
            try await perform(&script)
            return script.text
        }
    }

    private func perform(_ script: inout SceneScript) async throws {
        var parcels = try await silence(&script)
        parcels.append(try await refusal(&script))
        parcels.append(try await hold(&script))
        for parcel in parcels { try await script.ship(parcel) }
        try await settle(script.session)
        try await rehearsal(&script)
    }
}
