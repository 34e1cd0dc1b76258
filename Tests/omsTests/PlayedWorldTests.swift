import Commerce
import Messages
import Simulation
import Testing

@testable import oms

/// What the played channels and locations send, and when.
@Suite struct PlayedWorldTests {
    private static let time = Timestamp(seconds: 1_600_000_000)

    private func world(held: Set<String>? = []) -> PlayedWorld { PlayedWorld(channels: ["shop"], held: held) }

    private func message(_ type: String, order: String = "1", refusal: String? = nil) -> ScriptMessage {
        ScriptMessage(
            time: Self.time,
            type: type,
            body: Array(#"{"channel":"shop","orderId":"\#(order)"}"#.utf8),
            expectedRefusal: refusal
        )
    }

    private func event(_ data: some OrderEventData) throws -> ReceivedEvent {
        try ReceivedEvent(json: OutboundEvent(data, sequence: 1, time: Self.time, role: .sourcing).body)
    }

    private func requested(_ id: String = "F1", order: String = "1", channel: String = "shop", quantity: Int64 = 3) throws -> ReceivedEvent
    {
        try event(
            Event.FulfillmentRequested(
                fulfillmentID: id,
                channel: channel,
                orderID: order,
                location: "ber-1",
                shippingAddress: Address(name: "A", street: "B", postalCode: "C", city: "D", country: "DE"),
                lines: [Event.Line(lineID: "1", sku: "S", name: "N", quantity: quantity)]
            )
        )
    }

    private func cancelled(_ id: String = "F1", quantity: Int64) throws -> ReceivedEvent {
        try event(
            Event.FulfillmentCancelled(
                fulfillmentID: id,
                channel: "shop",
                orderID: "1",
                location: "ber-1",
                lines: [Event.Line(lineID: "1", sku: "S", quantity: quantity)],
                reason: "order_cancelled"
            )
        )
    }

    private func units(_ cues: [PlayedWorld.Cue]) throws -> Int64 {
        try cues.reduce(0) { sum, cue in
            let inbound = try InboundDecoder.decode(
                type: cue.message.type,
                contentType: nil,
                body: cue.message.body,
                receivedAt: Timestamp(seconds: 2_000_000_000)
            )
            guard case .shipmentDispatched(let dispatched) = inbound else { return sum }
            return sum + dispatched.lines.reduce(0) { $0 + $1.quantity }
        }
    }

    @Test func a_request_is_shipped_once_and_delivered_after_the_answer() throws {
        var world = world()
        let dispatched = try world.hear(requested())
        #expect(try units(dispatched) == 3)
        #expect(try world.hear(requested()).isEmpty)
        let delivered = dispatched.flatMap { world.answer($0.number, .accepted) }
        #expect(delivered.map(\.message.type) == dispatched.map { _ in "shipment.delivered" })
        #expect(dispatched.flatMap { world.answer($0.number, .accepted) }.isEmpty)
        for cue in delivered { #expect(world.answer(cue.number, .accepted).isEmpty) }
        #expect(world.isQuiet)
        #expect(world.tally.shipments == dispatched.count)
    }

    @Test func parcels_of_others_are_left_alone() throws {
        var world = world()
        #expect(try world.hear(requested(channel: "another")).isEmpty)
    }

    @Test func what_is_about_an_order_waits_until_the_order_is_answered() {
        var world = world()
        let placed = world.tell(message("order.placed"))
        #expect(placed.count == 1)
        #expect(world.tell(message("order.cancelled")).isEmpty)
        #expect(world.tell(message("payment.authorized")).isEmpty)
        #expect(!world.isQuiet)
        let next = world.answer(placed[0].number, .accepted)
        #expect(next.map(\.message.type) == ["order.cancelled", "payment.authorized"])
    }

    @Test func parcels_of_a_held_order_leave_when_its_cancellation_is_answered_without_what_was_cancelled() throws {
        var world = world(held: nil)
        let placed = world.tell(message("order.placed"))
        _ = world.answer(placed[0].number, .accepted)
        #expect(try world.hear(requested()).isEmpty)
        let cancellation = world.tell(message("order.cancelled"))
        #expect(world.release(ReplayRelease(time: Self.time, channel: "shop", orderID: "1", cancellations: 1)).isEmpty)
        #expect(!world.isQuiet)
        #expect(try world.hear(cancelled(quantity: 2)).isEmpty)
        let shipped = world.answer(cancellation[0].number, .accepted)
        #expect(try units(shipped) == 1)
    }

    @Test func a_refused_cancellation_lets_the_whole_parcel_go() throws {
        var world = world(held: ["shop/1"])
        #expect(try world.hear(requested()).isEmpty)
        let cancellation = world.tell(message("order.cancelled"))
        _ = world.release(ReplayRelease(time: Self.time, channel: "shop", orderID: "1", cancellations: 1))
        #expect(try units(world.answer(cancellation[0].number, .refused(code: "not_cancellable"))) == 3)
        #expect(world.tally.refused == ["not_cancellable": 1])
    }

    @Test func a_request_that_comes_after_its_cancellation_ships_the_rest() throws {
        var world = world(held: ["shop/1"])
        _ = try world.hear(cancelled(quantity: 3))
        _ = world.release(ReplayRelease(time: Self.time, channel: "shop", orderID: "1", cancellations: 0))
        #expect(try world.hear(requested()).isEmpty)
    }

    @Test func expected_refusals_are_told_from_others() {
        var world = world()
        let codes: [PlayAnswer] = [.refused(code: "total_mismatch"), .refused(code: "conflict"), .accepted]
        for code in codes {
            let cue = world.tell(message("order.placed", refusal: "total_mismatch"))
            _ = world.answer(cue[0].number, code)
        }
        #expect(world.tally.refusedAsExpected == 1)
        #expect(world.tally.notRefusedAsExpected == 2)
        #expect(world.tally.refused.isEmpty)
    }
}
