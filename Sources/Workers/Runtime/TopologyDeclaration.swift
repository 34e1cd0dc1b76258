package import Messages
package import RabbitMQ

extension Topology {
    /// The contract's topology in the driver's words.
    package init(_ topology: BrokerTopology) {
        self.init(
            exchanges: topology.exchanges.map {
                Exchange(name: $0.name, kind: $0.kind.rawValue, arguments: $0.arguments.mapValues(FieldValue.init))
            },
            queues: topology.queues.map { Queue(name: $0.name, arguments: $0.arguments.mapValues(FieldValue.init)) },
            bindings: topology.bindings.map {
                Binding(exchange: $0.exchange, destination: .queue($0.queue), routingKey: $0.routingKey)
            }
        )
    }
}

extension FieldValue {
    fileprivate init(_ argument: BrokerTopology.Argument) {
        self =
            switch argument {
            case .text(let text): .string(text)
            case .number(let number): .int(number)
            }
    }
}

extension BrokerLink {
    /// Declares a part of the topology, e.g. a location's queue.
    package func declare(_ topology: BrokerTopology) async throws {
        try await publisher().declare(Topology(topology))
    }
}
