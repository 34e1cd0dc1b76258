internal import Messages
internal import Simulation

/// How plays name an order: `channel/orderId`. A channel's id has no slash, so no two orders share a name.
enum OrderKey {
    static func text(_ channel: String, _ orderID: String) -> String { "\(channel)/\(orderID)" }
}

extension ScriptMessage {
    /// The order a message is about, as far as its body tells.
    var order: (channel: String, orderID: String)? {
        let found = InboundDecoder.order(contentType: "application/json", body: body)
        guard let channel = found.channel, let orderID = found.orderID else { return nil }
        return (channel, orderID)
    }

    var orderKey: String? { order.map { OrderKey.text($0.channel, $0.orderID) } }
}
