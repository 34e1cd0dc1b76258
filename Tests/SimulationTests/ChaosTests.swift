import Commerce
import Messages
import Simulation
import Testing

struct ChaosTests {
    private static let everything = Set(ChaosFault.allCases)
    private static let noon = Timestamp(rawValue: 1_795_000_000_000_000)

    @Test func a_seed_replays_its_schedule() {
        for seed in [0, 1, 7, UInt64.max] {
            #expect(
                ChaosSchedule(seed: seed, rounds: 3, faults: Self.everything)
                    == ChaosSchedule(seed: seed, rounds: 3, faults: Self.everything)
            )
        }
        #expect(ChaosSchedule(seed: 1, rounds: 3, faults: Self.everything) != ChaosSchedule(seed: 2, rounds: 3, faults: Self.everything))
    }

    @Test func every_round_has_every_fault_as_often_as_it_weighs() {
        let schedule = ChaosSchedule(seed: 3, rounds: 2, faults: Self.everything)
        for fault in ChaosFault.allCases {
            #expect(schedule.strikes.count { $0.fault == fault } == 2 * fault.weight, "\(fault)")
        }
        for strike in schedule.strikes { #expect(strike.fault.seconds.contains(strike.seconds)) }
        #expect(ChaosSchedule(seed: 3, rounds: 1, faults: [.brokerKilled]).strikes.map(\.fault) == [.brokerKilled])
    }

    @Test func a_frozen_worker_is_frozen_for_longer_than_two_heartbeats() {
        #expect(ChaosFault.workerFrozen.seconds.lowerBound > 20)
    }

    @Test func what_is_said_is_valid_repeats_and_loses_nothing() throws {
        var script = ChaosScript(seed: 11, placedAt: Self.noon)
        var said: [ScriptMessage] = []
        for tick in 0..<400 { said += script.tick(orders: 3, at: Self.noon.adding(seconds: Int64(tick) / 10)) }
        said += script.rest()
        for message in said + ChaosScript.openingStock(at: Self.noon) + ChaosScript.closingStock(at: Self.noon) {
            _ = try InboundDecoder.decode(
                type: message.type,
                contentType: nil,
                body: message.body,
                receivedAt: Self.noon.adding(seconds: 3_600)
            )
        }
        let orders = said.filter { $0.type == "order.placed" }
        #expect(script.placed == 1_200)
        #expect(Set(orders.map(\.body)).count == 1_200)
        #expect(orders.count > 1_220, "some come twice")
        #expect(said.count { $0.type == "order.cancelled" } >= script.cancelled.count)
        #expect(!script.cancelled.isEmpty && script.cancelled.allSatisfy { (1...1_200).contains($0) })
        #expect(said.contains { $0.type == "stock.reported" } && said.contains { $0.type == "stock.adjusted" })
    }
}
