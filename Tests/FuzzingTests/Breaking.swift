import Fuzzing
import Simulation

/// Breaks at inputs of an odd number of bytes.
struct Breaking: FuzzTarget {
    let name = "breaking"
    let samples = [FuzzSample(name: "word", bytes: Array("word".utf8))]
    let tokens: [[UInt8]] = [Array("x".utf8)]
    let nestings: [FuzzNesting] = []

    func read(_ input: FuzzInput, _ random: inout SplitMix64) throws(FuzzComplaint) -> FuzzOutcome {
        if input.bytes.count % 2 == 1 { throw FuzzComplaint("it broke") }
        return .taken
    }
}
