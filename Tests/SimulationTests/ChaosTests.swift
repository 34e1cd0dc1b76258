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

    @Test func the_short_form_has_every_fault_once_and_short() {
        let schedule = ChaosSchedule(seed: 1, rounds: 1, faults: Self.everything, form: .short)
        #expect(Set(schedule.strikes.map(\.fault)) == Self.everything)
        #expect(schedule.strikes.count == Self.everything.count)
        for strike in schedule.strikes { #expect(strike.seconds == strike.fault.seconds.lowerBound) }
        #expect(schedule.seconds < 90)
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

struct ChaosProgressTests {
    private struct Look {
        var standing: Int?
        var at: Int
        var further = 0
    }

    /// What each look gives, of a run whose patience is 120 s.
    private static func answers(_ looks: [Look]) -> [Bool] {
        let start = ContinuousClock.now
        var progress = ChaosProgress<Int>(patience: .seconds(120), at: start)
        return looks.map { progress.isWorthWaiting($0.standing, at: start + .seconds($0.at), further: .seconds($0.further)) }
    }

    @Test func waiting_is_worth_it_as_long_as_something_moves() {
        #expect(Self.answers((1...100).map { Look(standing: $0, at: 119 * $0) }).allSatisfy { $0 })
    }

    @Test func it_is_not_when_nothing_has_moved_for_the_whole_patience() {
        let looks = [Look(standing: 7, at: 50), Look(standing: 7, at: 169), Look(standing: 7, at: 170)]
        #expect(Self.answers(looks) == [true, true, false])
    }

    @Test func a_server_that_does_not_answer_is_no_movement() {
        #expect(Self.answers([Look(standing: nil, at: 119), Look(standing: nil, at: 120)]) == [true, false])
    }

    @Test func what_goes_round_and_round_does_not_move() {
        let round = (0..<120).map { Look(standing: $0 % 2, at: $0) }
        let answers = Self.answers(round + [Look(standing: 0, at: 121), Look(standing: 2, at: 122)])
        #expect(answers.dropLast(2).allSatisfy { $0 })
        #expect(answers.suffix(2) == [false, true])
    }

    @Test func what_is_known_to_lie_still_for_a_while_is_waited_for() {
        let looks = [0, 1_019, 1_020].map { Look(standing: 1, at: $0, further: 900) }
        #expect(Self.answers(looks) == [true, true, false])
    }
}
