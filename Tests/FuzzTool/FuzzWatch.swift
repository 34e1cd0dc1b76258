internal import Foundation
internal import Fuzzing
internal import Glibc
internal import Synchronization

/// Names the input that is never done, or that the program dies of.
final class FuzzWatch: Sendable {
    private let name: String
    private let seed: UInt64
    private let bound: Duration
    /// The file that holds the index of the input at hand; -1: none.
    private let file: Int32
    private let clock: clockid_t
    private let index = Atomic<Int>(-1)
    /// Processor time when the input at hand began, nanoseconds.
    private let began = Atomic<Int64>(0)

    /// Watches the calling thread.
    init(of name: String, seed: UInt64, bound: Duration, place: String?) {
        self.name = name
        self.seed = seed
        self.bound = bound
        file = place.map { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600) } ?? -1
        clock = ProcessorTime.clockOfThisThread()
    }

    /// The thread that watched goes on with this input.
    func begins(_ input: Int) {
        began.store(Self.nanoseconds(ProcessorTime.of(clock)), ordering: .relaxed)
        index.store(input, ordering: .releasing)
        guard file >= 0 else { return }
        let text = Array("\(input)\n".utf8)
        _ = text.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    }

    /// Looks every second from a thread of its own.
    func begin() {
        Thread.detachNewThread { [self] in
            while true {
                sleep(1)
                let input = index.load(ordering: .acquiring)
                let took = Self.nanoseconds(ProcessorTime.of(clock)) - began.load(ordering: .relaxed)
                guard input >= 0, took > Self.nanoseconds(bound), index.load(ordering: .acquiring) == input else { continue }
                print("BROKEN \(name), input \(input) of seed \(seed): not done after \(bound) of processor time")
                fflush(nil)
                _exit(3)
            }
        }
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
