import Foundation
import Messages
import Testing

@Suite struct TopologyTests {
    /// Run the tests once with `OMS_WRITE_DEFINITIONS=1` to write the file anew.
    @Test func the_definitions_file_says_what_the_code_declares() throws {
        let file = Paths.queues.appending(path: "definitions.json")
        let expected = BrokerTopology.oms.definitionsJSON()
        if ProcessInfo.processInfo.environment["OMS_WRITE_DEFINITIONS"] == "1" { try Data(expected).write(to: file) }
        let written = [UInt8](try Data(contentsOf: file))
        #expect(written == expected, "queues/definitions.json differs from BrokerTopology.oms")
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(expected)) }
    }

    @Test func bindings_name_what_is_declared() {
        let topology = BrokerTopology.oms
        let exchanges = Set(topology.exchanges.map(\.name))
        let queues = Set(topology.queues.map(\.name))
        #expect(exchanges.count == topology.exchanges.count && queues.count == topology.queues.count)
        for binding in topology.bindings {
            #expect(exchanges.contains(binding.exchange) && queues.contains(binding.queue), "\(binding)")
        }
        #expect(Set(topology.bindings).count == topology.bindings.count)
        #expect(queues == Set(topology.bindings.map(\.queue)))
        #expect(exchanges.subtracting(topology.bindings.map(\.exchange)).isEmpty)
    }

    /// What AMQP's topic exchange does with `#` at the end of a key.
    private func queues(of exchange: String, _ key: String) -> [String] {
        BrokerTopology.oms.bindings.filter { binding in
            guard binding.exchange == exchange else { return false }
            guard binding.routingKey.hasSuffix(".#") else { return binding.routingKey == key }
            return key.hasPrefix(binding.routingKey.dropLast())
        }.map(\.queue)
    }

    @Test(arguments: InboundType.allCases)
    func every_inbound_type_goes_to_one_queue(_ type: InboundType) {
        #expect(queues(of: "oms.inbound", type.rawValue) == [BrokerTopology.queue(for: type).name])
    }

    @Test(arguments: [
        WorkMessage.source(orders: []), .wake(skus: [], after: 0), .invoice(shipments: []), .availability(skus: []), .promise(skus: []),
    ])
    func every_work_message_goes_to_one_queue(_ message: WorkMessage) {
        #expect(queues(of: WorkMessage.exchange, message.routingKey).count == 1)
    }

    @Test func a_location_has_a_queue_of_its_own() {
        let topology = BrokerTopology.location("ber-1")
        #expect(topology.queues.map(\.name) == ["oms.location.ber-1"])
        #expect(topology.bindings.map(\.routingKey) == ["fulfillment.requested.ber-1", "fulfillment.cancelled.ber-1"])
        #expect(topology.bindings.allSatisfy { $0.exchange == "oms.events" && $0.queue == "oms.location.ber-1" })
    }

    @Test func retries_wait_as_the_contract_says() {
        let plan = RetryPlan.standard
        let delays = (1...16).map { plan.delay(afterAttempt: $0)?.milliseconds ?? 0 }
        #expect(delays == [5_000, 5_000, 5_000] + [Int64](repeating: 60_000, count: 5) + [Int64](repeating: 900_000, count: 8))
        #expect(plan.delay(afterAttempt: 17) == nil && plan.waits == 16)
        let mails = (1...104).compactMap { RetryPlan.mail.delay(afterAttempt: $0) }
        #expect(mails.count == 104 && mails.filter { $0 == .fifteenMinutes }.count == 96)
        #expect(RetryPlan.mail.delay(afterAttempt: 105) == nil && RetryPlan.mail.waits == 104)
        #expect(plan.delay(afterAttempt: 0) == .fiveSeconds && plan.delay(afterAttempt: .max) == nil)
    }
}
