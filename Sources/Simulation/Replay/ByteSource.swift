internal import Foundation

/// The bytes of a plain or xz-compressed file, or of memory, a chunk at a time. Reading blocks the calling thread.
package final class ByteSource {
    static let chunk = 1 << 18

    private let path: String
    /// `nil` where the bytes are in memory.
    private let handle: FileHandle?
    private var memory: ArraySlice<UInt8> = []
    private let chunk: Int
    private let process: Process?
    private let complaints: FileHandle?

    /// Opens a file; one whose name ends in `.xz` is decompressed by a child process.
    package init(path: String) throws(RetailFileError) {
        self.path = path
        chunk = Self.chunk
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw .cannotOpen(path: path, reason: FileManager.default.fileExists(atPath: path) ? "no permission" : "no such file")
        }
        guard path.hasSuffix(".xz") else {
            do {
                handle = try FileHandle(forReadingFrom: URL(filePath: path))
            } catch {
                throw .cannotOpen(path: path, reason: error.localizedDescription)
            }
            (process, complaints) = (nil, nil)
            return
        }
        let (output, errors, process) = (Pipe(), Pipe(), Process())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["xz", "-dc", "--", path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw .cannotDecompress(path: path, reason: error.localizedDescription)
        }
        // The child holds its own copy; ours would keep the pipe from ever ending.
        try? output.fileHandleForWriting.close()
        try? errors.fileHandleForWriting.close()
        self.process = process
        handle = output.fileHandleForReading
        complaints = errors.fileHandleForReading
    }

    /// Bytes that are already here, given in pieces of `chunk`.
    package init(bytes: [UInt8], chunk: Int, name: String) {
        path = name
        self.chunk = max(1, chunk)
        memory = bytes[...]
        (handle, process, complaints) = (nil, nil, nil)
    }

    /// The next bytes; empty at the end.
    package func next() throws(RetailFileError) -> [UInt8] {
        guard let handle else {
            defer { memory = memory.dropFirst(chunk) }
            return Array(memory.prefix(chunk))
        }
        let data: Data?
        do {
            data = try handle.read(upToCount: chunk)
        } catch {
            throw .readFailed(path: path, reason: error.localizedDescription)
        }
        guard let data, !data.isEmpty else {
            try finish()
            return []
        }
        return [UInt8](data)
    }

    private func finish() throws(RetailFileError) {
        guard let process else { return }
        process.waitUntilExit()
        guard process.terminationStatus != 0 else { return }
        let said = (try? complaints?.readToEnd()).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) } ?? ""
        let reason = process.terminationStatus == 127 ? "xz is not installed" : said.trimmingCharacters(in: .whitespacesAndNewlines)
        throw .cannotDecompress(path: path, reason: reason)
    }

    /// Ends the child, where one still writes.
    deinit {
        if let process, process.isRunning { process.terminate() }
        try? handle?.close()
    }
}
