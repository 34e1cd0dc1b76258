/// Exchanges, queues and bindings as a value: what `oms topology apply` declares and `queues/definitions.json` says. All of them are durable.
package struct BrokerTopology: Hashable, Sendable {
    /// An argument of a declaration.
    package enum Argument: Hashable, Sendable {
        case text(String)
        case number(Int64)
    }

    package struct Exchange: Hashable, Sendable {
        package enum Kind: String, Sendable {
            case topic, direct, fanout
        }

        package var name: String
        package var kind: Kind
        package var arguments: [String: Argument]

        package init(name: String, kind: Kind, arguments: [String: Argument] = [:]) {
            self.name = name
            self.kind = kind
            self.arguments = arguments
        }
    }

    package struct Queue: Hashable, Sendable {
        package var name: String
        package var arguments: [String: Argument]

        package init(name: String, arguments: [String: Argument]) {
            self.name = name
            self.arguments = arguments
        }
    }

    /// An exchange gives a queue what comes with this routing key.
    package struct Binding: Hashable, Sendable {
        package var exchange: String
        package var queue: String
        /// Empty where the exchange is a fanout.
        package var routingKey: String

        package init(exchange: String, queue: String, routingKey: String) {
            self.exchange = exchange
            self.queue = queue
            self.routingKey = routingKey
        }
    }

    package var exchanges: [Exchange]
    package var queues: [Queue]
    package var bindings: [Binding]

    package init(exchanges: [Exchange] = [], queues: [Queue] = [], bindings: [Binding] = []) {
        self.exchanges = exchanges
        self.queues = queues
        self.bindings = bindings
    }
}

extension BrokerTopology {
    /// RabbitMQ's definitions format, for `rabbitmqctl import_definitions` and `load_definitions`; no users, one thing per line, always the same bytes.
    package func definitionsJSON(virtualHost: String = "/") -> [UInt8] {
        let sections: [(String, [[UInt8]])] = [
            ("vhosts", [Self.line { $0.member("name", virtualHost) }]),
            ("exchanges", exchanges.map { $0.definition(virtualHost) }),
            ("queues", queues.map { $0.definition(virtualHost) }),
            ("bindings", bindings.map { $0.definition(virtualHost) }),
        ]
        var text = "{\n"
        for (index, (name, lines)) in sections.enumerated() {
            text += "  \"\(name)\": [\n"
            text += lines.map { "    " + String(decoding: $0, as: UTF8.self) }.joined(separator: ",\n")
            text += index == sections.count - 1 ? "\n  ]\n" : "\n  ],\n"
        }
        return Array((text + "}\n").utf8)
    }

    fileprivate static func line(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        members(&json)
        json.endObject()
        return json.bytes
    }
}

extension BrokerTopology.Exchange {
    fileprivate func definition(_ virtualHost: String) -> [UInt8] {
        BrokerTopology.line { json in
            json.member("name", name)
            json.member("vhost", virtualHost)
            json.member("type", kind.rawValue)
            json.member("durable", true)
            json.member("auto_delete", false)
            json.member("internal", false)
            json.members(arguments)
        }
    }
}

extension BrokerTopology.Queue {
    fileprivate func definition(_ virtualHost: String) -> [UInt8] {
        BrokerTopology.line { json in
            json.member("name", name)
            json.member("vhost", virtualHost)
            json.member("durable", true)
            json.member("auto_delete", false)
            json.members(arguments)
        }
    }
}

extension BrokerTopology.Binding {
    fileprivate func definition(_ virtualHost: String) -> [UInt8] {
        BrokerTopology.line { json in
            json.member("source", exchange)
            json.member("vhost", virtualHost)
            json.member("destination", queue)
            json.member("destination_type", "queue")
            json.member("routing_key", routingKey)
            json.members([:])
        }
    }
}

extension JSONWriter {
    fileprivate mutating func members(_ arguments: [String: BrokerTopology.Argument]) {
        key("arguments")
        beginObject()
        for (name, argument) in arguments.sorted(by: { $0.key < $1.key }) {
            key(any: name)
            switch argument {
            case .text(let text): string(text)
            case .number(let number): integer(number)
            }
        }
        endObject()
    }
}
