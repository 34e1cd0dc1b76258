/// Exchanges, queues and bindings that must exist. Declaring what exists with the same properties changes nothing.
package struct Topology: Sendable, Hashable {
    /// An exchange.
    package struct Exchange: Sendable, Hashable {
        /// Its name.
        package var name: String
        /// `direct`, `topic`, `fanout`, `headers`, or a plugin's.
        package var kind: String
        /// Whether it survives the broker's restart.
        package var durable: Bool
        /// Such as `alternate-exchange`.
        package var arguments: [String: FieldValue]

        /// A durable exchange unless said otherwise.
        package init(name: String, kind: String = "topic", durable: Bool = true, arguments: [String: FieldValue] = [:]) {
            self.name = name
            self.kind = kind
            self.durable = durable
            self.arguments = arguments
        }
    }

    /// A queue.
    package struct Queue: Sendable, Hashable {
        /// Its name.
        package var name: String
        /// Whether it survives the broker's restart. Quorum queues must.
        package var durable: Bool
        /// Such as `x-queue-type`, `x-dead-letter-exchange`, `x-message-ttl`.
        package var arguments: [String: FieldValue]

        /// A durable quorum queue unless said otherwise.
        package init(name: String, durable: Bool = true, arguments: [String: FieldValue] = ["x-queue-type": "quorum"]) {
            self.name = name
            self.durable = durable
            self.arguments = arguments
        }
    }

    /// A way from an exchange to a queue or to another exchange.
    package struct Binding: Sendable, Hashable {
        /// Where a binding leads.
        package enum Destination: Sendable, Hashable {
            case queue(String)
            case exchange(String)
        }

        /// Where messages come from.
        package var exchange: String
        /// Where they go.
        package var destination: Destination
        /// Which ones.
        package var routingKey: String
        /// For headers exchanges.
        package var arguments: [String: FieldValue]

        /// A binding without arguments unless said otherwise.
        package init(exchange: String, destination: Destination, routingKey: String, arguments: [String: FieldValue] = [:]) {
            self.exchange = exchange
            self.destination = destination
            self.routingKey = routingKey
            self.arguments = arguments
        }
    }

    /// Declared first.
    package var exchanges: [Exchange]
    /// Declared second.
    package var queues: [Queue]
    /// Declared last.
    package var bindings: [Binding]

    /// A topology of the given parts.
    package init(exchanges: [Exchange] = [], queues: [Queue] = [], bindings: [Binding] = []) {
        self.exchanges = exchanges
        self.queues = queues
        self.bindings = bindings
    }
}
