import Testing

@testable import oms

/// What a virtual machine's host gave to others, from `/proc/stat`.
@Suite struct MachineTimesTests {
    @Test func stolen_time_is_a_share_of_what_was_wanted() throws {
        let start = try #require(MachineTimes(procStat: "cpu  100 10 50 900 40 5 15 20 7 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n"))
        #expect(start == (try #require(MachineTimes(procStat: "cpu 100 10 50 0 0 5 15 20"))))
        let end = try #require(MachineTimes(procStat: "cpu  150 10 80 2000 90 5 25 30 7 0\n"))
        #expect(start.stolenPercent(until: end) == 10)
        #expect(start.stolenPercent(until: start) == nil)
        #expect(start.stolenPercent(until: nil) == nil)
    }

    @Test(arguments: ["", "cpu", "cpu 1 2 3 4 5 6 7", "cpu0 1 2 3 4 5 6 7 8", "intr 1 2 3 4 5 6 7 8", "cpu a b c d e f g h"])
    func what_is_no_such_line_tells_nothing(text: String) {
        #expect(MachineTimes(procStat: text) == nil)
    }

    @Test func this_machine_tells() {
        #expect(MachineTimes.read() != nil)
    }
}
