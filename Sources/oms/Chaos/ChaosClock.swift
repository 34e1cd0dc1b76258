internal import Foundation

/// A wall clock of its own for one worker, which is stepped while it works: `ops/lib/stepped-clock.c`.
struct ChaosClock {
    private let library: String
    private let file: String

    /// - Parameters:
    ///   - library: the built one.
    ///   - folder: where the file lies that tells it the offset.
    init(library: String, folder: String) throws {
        self.library = library
        file = "\(folder)/chaos-clock"
        guard FileManager.default.createFile(atPath: file, contents: Data(count: MemoryLayout<Int64>.size)) else {
            throw CommandFailure.fault("\(file) cannot be written.")
        }
    }

    /// Sets the clock so far from the true time.
    func step(seconds: Int64) throws {
        // In place: the worker has the file in its memory.
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        try handle.write(contentsOf: withUnsafeBytes(of: seconds) { Data($0) })
        try handle.close()
    }

    var environment: [String: String] { ["LD_PRELOAD": library, "STEPPED_CLOCK": file] }
}
