import Testing

@testable import oms

/// When a figure counts as better or worse.
@Suite struct FigureComparisonTests {
    struct Case: Sendable {
        var name: String
        var better: FigureKind.Better
        var old: [Double]
        var new: [Double]
        var verdict: FigureComparison.Verdict

        init(_ name: String, _ better: FigureKind.Better, _ old: [Double], _ new: [Double], _ verdict: FigureComparison.Verdict) {
            (self.name, self.better, self.old, self.new, self.verdict) = (name, better, old, new, verdict)
        }
    }

    private static let cases = [
        Case("the same", .higher, [100, 101, 102], [100, 101, 102], .withinNoise),
        Case("ranges that touch", .higher, [100, 110, 120], [80, 90, 100], .withinNoise),
        Case("faster, apart", .higher, [100, 101, 102], [120, 121, 122], .better),
        Case("slower, apart", .higher, [100, 101, 102], [80, 81, 82], .worse),
        Case("slower, but one run reaches back", .higher, [100, 101, 102], [80, 81, 101], .withinNoise),
        Case("apart by less than 3 %", .higher, [100, 100, 100], [98, 98, 98], .withinNoise),
        Case("less time, apart", .lower, [10, 11, 12], [5, 6, 7], .better),
        Case("more time, apart", .lower, [5, 6, 7], [10, 11, 12], .worse),
        Case("single runs, 15 % either way", .higher, [100], [80], .withinNoise),
        Case("single runs, far apart", .higher, [100], [60], .worse),
        Case("a single new run", .higher, [100, 101, 102], [88], .withinNoise),
        Case("exact and right", .exactly(10_000), [10_000], [10_000], .withinNoise),
        Case("one wrong run of many", .exactly(10_000), [10_000, 10_000], [10_000, 9_999, 10_000], .worse),
        Case("right again", .exactly(10_000), [9_999], [10_000], .better),
        Case("still wrong", .exactly(10_000), [9_999], [9_999], .worse),
        Case("another machine", .neither, [100, 101, 102], [50, 51, 52], .changed),
        Case("the same machine", .neither, [100, 101, 102], [99, 101, 103], .withinNoise),
        Case("from nothing", .higher, [0, 0, 0], [1, 1, 1], .better),
        Case("nothing either time", .lower, [0, 0, 0], [0, 0, 0], .withinNoise),
        Case("growth from below zero", .lower, [-2, -1, -1.5], [4, 5, 6], .worse),
    ]

    @Test(arguments: cases.indices) func verdict(_ index: Int) {
        let one = Self.cases[index]
        let kind = FigureKind("x", "u", one.better, "meaning", method: "method")
        #expect(FigureComparison(kind, old: one.old, new: one.new).verdict == one.verdict, "\(one.name)")
    }

    private static let machine = Machine(processor: "EPYC", cores: 2, memoryGigabytes: 25, kernel: "6.18")

    private func file(
        _ runs: [String: [Double]],
        mode: FigureFile.Mode = .full,
        machine: Machine = FigureComparisonTests.machine
    ) -> FigureFile {
        var figures = Figures()
        for (name, values) in runs.sorted(by: { $0.key < $1.key }) { for value in values { figures.add(name, value) } }
        return FigureFile(machine: machine, measuredAt: "2026-11-25T05:00:00Z", mode: mode, figures: figures)
    }

    @Test func two_files_side_by_side() {
        let old = file(["placed_to_sourced_per_s": [5_000, 5_100, 5_200], "latency_p50_ms": [6, 6.5, 7], "leases_per_s": [1, 2, 3]])
        let new = file(["placed_to_sourced_per_s": [4_000, 4_100, 4_200], "latency_p50_ms": [6.2, 6.4, 6.8], "documents_per_s": [140]])
        let comparison = BenchComparison(old: old, new: new)
        #expect(comparison.isWorse)
        #expect(
            comparison.lines == [
                "figure                              old        new   change  spread",
                "placed_to_sourced_per_s           5,100      4,100  -19.6 %  ±2.4 % worse",
                "latency_p50_ms                      6.5        6.4   -1.5 %  ±7.7 % within noise",
                "not measured now: leases_per_s",
                "not measured before: documents_per_s",
            ]
        )
        #expect(!BenchComparison(old: new, new: new).isWorse)
        #expect(comparison.doubts.isEmpty)
    }

    @Test func what_cannot_be_compared_as_it_should_is_said() {
        let other = Machine(processor: "EPYC", cores: 8, memoryGigabytes: 25, kernel: "6.18")
        let old = file(["tpcb_per_s": [4_000, 4_010, 4_020]])
        let new = file(["tpcb_per_s": [3_000, 3_010, 3_020]], mode: .quick, machine: other)
        let comparison = BenchComparison(old: old, new: new)
        #expect(comparison.doubts.count == 3)
        #expect(comparison.doubts.last == "The machine itself was slower: TPC-B -24.9 %.")
        // It is the machine that is worse, and nothing of ours.
        #expect(!comparison.isWorse)
    }

    @Test func another_kernel_is_the_same_machine() {
        let other = Machine(processor: "EPYC", cores: 2, memoryGigabytes: 25, kernel: "7.0")
        #expect(!Self.machine.isAnother(than: other))
        #expect(Self.machine.slug == other.slug && Self.machine.slug == "epyc-2-cores-25-gb")
    }
}
