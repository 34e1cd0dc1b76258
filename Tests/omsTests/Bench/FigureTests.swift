import Foundation
import Testing

@testable import oms

/// The list of figures, their table and their file.
@Suite struct FigureTests {
    private static let machine = Machine(processor: "AMD EPYC", cores: 2, memoryGigabytes: 25, kernel: "6.18.5")

    private var figures: Figures {
        var figures = Figures()
        for value in [4_220.0, 3_505, 4_342] { figures.add("tpcb_per_s", value) }
        for value in [4_867.0, 4_599, 4_902] { figures.add("placed_to_sourced_per_s", value) }
        for value in [10_000.0, 10_000, 10_000] { figures.add("flash_hot_sold", value) }
        for value in [6.57, 6.61, 7.1] { figures.add("latency_p50_ms", value) }
        figures.add("from_tomorrow", 1.5, unit: "tests")
        figures.derive("placed_to_sourced_per_tpcb", "placed_to_sourced_per_s", over: "tpcb_per_s", byMedian: true)
        return figures
    }

    @Test func every_figure_is_described_and_has_a_name_of_its_own() {
        #expect(Set(FigureKind.all.map(\.name)).count == FigureKind.all.count)
        for kind in FigureKind.all {
            #expect(kind.name.count <= 27 && kind.unit.count <= 11, "\(kind.name)")
            #expect(!kind.meaning.isEmpty && kind.method.count > 20, "\(kind.name)")
            #expect(kind.description(width: 80).allSatisfy { $0.count <= 80 }, "\(kind.name)")
        }
    }

    @Test func the_figures_that_were_promised_are_there() {
        let promised: [(String, String)] = [
            ("placed_to_sourced_per_s", "≥ 5,000"), ("placed_to_sourced_per_tpcb", "≥ 1.5"), ("whole_life_per_s", "≥ 1,000"),
            ("flash_hot_sold", "= 10,000"), ("flash_hot_per_s", "≥ 5,000"), ("feed_first_rows_per_s", "≥ 150,000"),
            ("feed_unchanged_rows_per_s", "≥ 400,000"), ("latency_p50_ms", "≤ 10"), ("latency_p99_ms", "≤ 40"), ("history_percent", "≥ 90"),
            ("worker_start_s", "≤ 0.5"), ("worker_peak_mb", "≤ 100"), ("documents_per_s", "≥ 135"), ("decisions_basket_per_s", "≥ 20,000"),
            ("decisions_large_per_s", "≥ 300"), ("decision_gap_percent", "≤ 2"), ("rows_ratio", "≥ 0.8"), ("leases_per_s", ""),
            ("stock_changed_per_s", ""),
        ]
        for (name, target) in promised { #expect(FigureKind.named(name).targetText == target, "\(name)") }
    }

    @Test func the_table_fits_80_columns() {
        let lines = FigureTable.lines(figures)
        #expect(
            lines == [
                "figure                         median unit          lowest-highest  target",
                "tpcb_per_s                      4,220 tx/s             3,505-4,342",
                "placed_to_sourced_per_s         4,867 orders/s         4,599-4,902  ≥ 5,000 !",
                "placed_to_sourced_per_tpcb       1.15 ×                  1.09-1.16  ≥ 1.5 !",
                "flash_hot_sold                 10,000 units          10,000-10,000  = 10,000",
                "latency_p50_ms                   6.61 ms                  6.57-7.1  ≤ 10",
                "from_tomorrow                     1.5 tests",
            ]
        )
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test func a_file_reads_back_as_it_was_written() throws {
        let file = FigureFile(machine: Self.machine, measuredAt: "2026-11-25T05:00:00Z", mode: .full, figures: figures)
        let read = try FigureFile(json: file.json, name: "new.json")
        #expect(read.json == file.json)
        #expect(read.machine == Self.machine && read.mode == .full)
        #expect(read.figures.runs["latency_p50_ms"] == [6.57, 6.61, 7.1])
        let json = try #require(try JSONSerialization.jsonObject(with: Data(file.json)) as? [String: Any])
        let kept = try #require((json["figures"] as? [String: [String: Any]])?["flash_hot_sold"])
        #expect(kept["median"] as? Double == 10_000 && kept["unit"] as? String == "units")
    }

    @Test(arguments: ["", "{}", "[]", #"{"figures":{}}"#]) func what_is_no_file_of_figures_is_refused(_ text: String) {
        #expect(throws: CommandFailure.self) { try FigureFile(json: Array(text.utf8), name: "x") }
    }

    @Test func quotients_are_taken_run_by_run() {
        var figures = Figures()
        for (many, few) in [(80.0, 100.0), (90, 100), (70, 0)] {
            figures.add("rows_1m_per_s", many)
            figures.add("rows_15k_per_s", few)
        }
        figures.derive("rows_ratio", "rows_1m_per_s", over: "rows_15k_per_s")
        #expect(figures.runs["rows_ratio"] == [0.8, 0.9])
        figures.derive("history_percent", "history_per_s", over: "placed_to_sourced_per_s", times: 100)
        #expect(figures["history_percent"] == nil)
    }
}
