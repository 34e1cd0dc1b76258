import Fuzzing
import Testing

/// The short form of `ops/fuzz`: a few thousand inputs for every change.
@Suite(.timeLimit(.minutes(15)))
struct FuzzTests {
    private static let seeds = [1, UInt64.random(in: 0...999_999)]

    private static func expect(_ count: Int, of target: some FuzzTarget, _ seed: UInt64) throws {
        let tally = try FuzzRun(seed: seed).perform(target, 0..<count)
        #expect(tally.inputs == count)
        #expect(tally.taken > count / 20, "seed \(seed): \(tally)")
        #expect(tally.refusals > count / 5, "seed \(seed): \(tally)")
        #expect(tally.refused.count > 1, "seed \(seed): \(tally)")
    }

    @Test(arguments: seeds)
    func a_message_is_taken_or_refused_with_code_path_and_sentence(_ seed: UInt64) throws {
        try Self.expect(10_000, of: MessageTarget(), seed)
    }

    @Test(arguments: seeds)
    func a_network_file_is_taken_or_refused_with_faults_at_places_an_editor_goes_to(_ seed: UInt64) throws {
        try Self.expect(1_500, of: NetworkTarget(), seed)
    }

    @Test(arguments: seeds)
    func a_csv_file_is_read_as_rfc_4180_has_it_and_every_row_is_accounted_for(_ seed: UInt64) throws {
        try Self.expect(1_000, of: CSVTarget(), seed)
    }

    @Test func a_seed_and_an_index_give_the_same_input_whatever_came_before() {
        let (run, target) = (FuzzRun(seed: 7), NetworkTarget())
        let once = (0..<200).map { run.input($0, of: target).bytes }
        #expect((0..<200).reversed().map { run.input($0, of: target).bytes } == once.reversed())
        #expect(Set(once).count > 190)
        #expect((0..<200).map { FuzzRun(seed: 8).input($0, of: target).bytes } != once)
    }

    @Test func what_does_not_hold_is_told_with_what_replays_it() throws {
        let complaint = try #require(throws: FuzzComplaint.self) { try FuzzRun(seed: 3).perform(Breaking(), 0..<100) }
        let index = try #require(complaint.description.split(separator: " ").last.flatMap { Int($0) })
        #expect(complaint.description.contains("replay it with ops/fuzz --target breaking --seed 3 --only \(index)"))
        #expect(throws: complaint) { try FuzzRun(seed: 3).perform(Breaking(), index..<(index + 1)) }
    }

    @Test func an_input_that_takes_more_processor_time_than_it_may_is_a_fault() throws {
        let complaint = try #require(throws: FuzzComplaint.self) {
            try FuzzRun(seed: 3, bound: .zero).perform(NetworkTarget(), 0..<1)
        }
        #expect(complaint.description.contains("of processor time"))
    }
}
