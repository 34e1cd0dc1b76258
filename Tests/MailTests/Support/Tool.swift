import Foundation

/// A program run to its end.
enum Tool {
    struct Failure: Error {
        var arguments: [String]
        var status: Int32
    }

    static func run(_ arguments: [String], input: Data = Data()) throws -> Data {
        // Files, not pipes: no output is ever too long for a buffer.
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (inputFile, outputFile) = (folder.appending(path: "in"), folder.appending(path: "out"))
        try input.write(to: inputFile)
        try Data().write(to: outputFile)
        let reading = try FileHandle(forReadingFrom: inputFile)
        let writing = try FileHandle(forWritingTo: outputFile)
        let status = try Child(arguments, input: reading.fileDescriptor, output: writing.fileDescriptor).wait()
        guard status == 0 else { throw Failure(arguments: arguments, status: status) }
        return try Data(contentsOf: outputFile)
    }

    static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mail-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// The folder of the package.
    static var root: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }
}
