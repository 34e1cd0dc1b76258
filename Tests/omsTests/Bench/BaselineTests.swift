import Foundation
import Testing

@testable import oms

/// What is accepted, and what of it stays.
@Suite struct BaselineTests {
    private func file(_ runs: [String: [Double]], mode: FigureFile.Mode = .full) -> FigureFile {
        var figures = Figures()
        for (name, values) in runs { for value in values { figures.add(name, value) } }
        let machine = Machine(processor: "AMD EPYC 7B13", cores: 2, memoryGigabytes: 25, kernel: "6.18")
        return FigureFile(machine: machine, measuredAt: "2026-11-25T05:00:00Z", mode: mode, figures: figures)
    }

    @Test func quick_figures_and_single_runs_are_refused() {
        #expect(Baselines.refusal(of: file(["leases_per_s": [1, 2, 3]])) == nil)
        #expect(Baselines.refusal(of: file(["soak_peak_mb": [80], "soak_growth_mb_per_h": [0.1]])) == nil)
        #expect(Baselines.refusal(of: file(["leases_per_s": [1, 2, 3]], mode: .quick)) != nil)
        #expect(
            Baselines.refusal(of: file(["leases_per_s": [1, 2], "latency_p50_ms": [1]]))
                == "fewer than 3 runs of latency_p50_ms, leases_per_s"
        )
    }

    @Test func figures_that_were_not_measured_again_stay() {
        let old = file(["leases_per_s": [1, 2, 3], "soak_peak_mb": [80]])
        let merged = Baselines.merge(file(["leases_per_s": [4, 5, 6]]), into: old)
        #expect(merged.figures.runs == ["leases_per_s": [4, 5, 6], "soak_peak_mb": [80]])
        #expect(Baselines.merge(old, into: nil) == old)
    }

    @Test func a_file_per_machine_in_its_folder() throws {
        let folder = "\(NSTemporaryDirectory())oms-baselines-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let baselines = Baselines(folder: folder)
        let kept = file(["leases_per_s": [1, 2, 3]])
        #expect(try baselines.find(kept.machine) == nil)
        #expect(throws: CommandFailure.self) { try baselines.required(of: kept.machine) }
        #expect(try baselines.keep(kept) == "\(folder)/amd-epyc-7b13-2-cores-25-gb.json")
        #expect(try baselines.required(of: kept.machine).json == kept.json)
    }
}
