internal import Commerce
internal import Foundation
internal import Messages
internal import Postgres
internal import Simulation
internal import Store
internal import Workers

/// The scenes themselves. Each gives the parcels that are left to ship.
extension DemoScenes {
    /// The supplier's feed stops; it drops out of sourcing, and is back with its next count.
    func silence(_ script: inout SceneScript) async throws -> [Event.OrderSourced.Fulfillment] {
        let (supplier, first, second) = (SceneNetwork.supplier, SceneNetwork.first, SceneNetwork.second)
        for location in [supplier, first, second] {
            try await script.send(SceneMessages.feed(location, 1, [(Self.lamp, 5), (Self.scarce, 1)], at: SystemClock.now()))
        }
        script.title("Scene 1: a supplier falls silent")
        script.say(
            "Lumen Wien (\(supplier)) owes a count every hour, and comes first in the rules. Warehouses in Köln (\(first)) and Leipzig "
                + "(\(second)) have the same lamp. An order comes."
        )
        let before = try await script.place("1", of: Self.lamp)
        script.say("Then no feed comes for \(Self.silentMinutes / 60) hours; the demo sets that clock, nobody waits.")
        try await age(supplier, script.session)
        try await script.hear(.locationDropped, location: supplier, "nothing is sold from there")
        try await script.type(SceneCommand("stock feed list --location \(supplier)"))
        script.say("The next order for the same lamp goes to the next place.")
        let without = try await script.place("2", of: Self.lamp)
        try await script.type(SceneCommand("order why \(SceneScript.channel) 2"))
        script.say("With its next feed the supplier is back.")
        try await script.send(SceneMessages.feed(supplier, 2, [(Self.lamp, 5), (Self.scarce, 1)], at: SystemClock.now()))
        try await script.hear(.locationRestored, location: supplier, "sells again")
        return [before, without]
    }

    /// A location has not what it said; the order goes elsewhere, and its story tells it.
    func refusal(_ script: inout SceneScript) async throws -> Event.OrderSourced.Fulfillment {
        script.title("Scene 2: a parcel is refused")
        script.say("The shelf in Vienna turns out to be empty. Nobody has to do anything.")
        let refused = try await script.place("3", of: Self.lamp)
        try await script.reject(refused, .outOfStock)
        let parcel = try await script.sourced("3", count: 2)
        script.say("This is the order's story, as the customer's service reads it.")
        try await script.type(SceneCommand("order show \(SceneScript.channel) 3", from: "Parcels"))
        return parcel
    }

    /// Two locations refuse the same order; an agent looks at it, and lets it go.
    func hold(_ script: inout SceneScript) async throws -> Event.OrderSourced.Fulfillment {
        script.title("Scene 3: an order is held")
        script.say("After two refusals an agent has to look (`fulfillment.maximumRounds`).")
        try await script.reject(try await script.place("4", of: Self.scarce), .capacity)
        try await script.reject(try await script.sourced("4", count: 2), .capacity)
        try await script.hear(.orderHeld, order: "4")
        try await script.type(SceneCommand("order held"))
        script.say("The agent calls Leipzig, which has one, and lets the order go.")
        try await script.type(SceneCommand("order release \(SceneScript.channel) 4"))
        return try await script.sourced("4", count: 3)
    }

    /// A change of the rules is tried on the orders that were.
    func rehearsal(_ script: inout SceneScript) async throws {
        let folder = try settings.demoOutput ?? "\(NSTemporaryDirectory())oms-demo"
        let path = "\(folder)/nearest-first.yaml"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(SceneNetwork.rehearsedYAML.utf8).write(to: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure.fault("\(path) cannot be written.")
        }
        script.title("Scene 4: a change of the rules is rehearsed")
        script.say(
            "Somebody wants the nearest location to ship, and not the supplier first. Before anything changes, past orders are asked:"
        )
        try await script.type(SceneCommand("rules simulate \(path) --limit 3"))
        script.say("Nothing has changed yet; `oms network apply` with the same file would change it.")
    }

    private func age(_ location: String, _ session: PostgresSession) async throws {
        let aged = try await session.write { tx in
            guard let entry = try NetworkStore.load(in: tx).location(location) else { return false }
            return try FeedClock.age(entry.key, byMinutes: Self.silentMinutes, in: tx)
        }
        guard aged else { throw CommandFailure.fault("\(location) has had no feed") }
    }

    /// Waits until everything the scenes began is invoiced and told.
    func settle(_ session: PostgresSession) async throws {
        let deadline = ContinuousClock.now + SceneEvents.patience
        while try await !session.read({ tx in try Backlog.count(in: tx).isEmpty }) {
            guard ContinuousClock.now < deadline else {
                throw CommandFailure.fault("the scenes are not done after \(SceneEvents.patience.components.seconds) s")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
