internal import Commerce
internal import Messages
internal import Simulation

/// A shop's day as steps: behind each cancellation the release of its order's parcels.
struct DemoScript: Sendable {
    private var messages: ArraySlice<ScriptMessage>
    private var release: ReplayStep?

    init(_ day: ShopDay) { messages = day.script[...] }

    mutating func next() -> ReplayStep? {
        if let release {
            self.release = nil
            return release
        }
        guard let message = messages.popFirst() else { return nil }
        if message.expectedRefusal == nil, message.type == InboundType.orderCancelled.rawValue {
            release = message.order.map {
                .release(ReplayRelease(time: message.time, channel: $0.channel, orderID: $0.orderID, cancellations: 1))
            }
        }
        return .publish(message)
    }
}
