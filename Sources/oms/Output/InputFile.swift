internal import Foundation

/// Files that commands are given.
enum InputFile {
    /// The text of a file, or of standard input for `-`.
    ///
    /// - Parameter limit: bytes at most.
    static func text(_ path: String, limit: Int) throws -> String {
        guard let text = String(validating: try bytes(path, limit: limit), as: UTF8.self) else {
            throw CommandFailure.wrongUse("\(path) is not UTF-8 text.")
        }
        return text
    }

    static func bytes(_ path: String, limit: Int) throws -> [UInt8] {
        let handle: FileHandle
        if path == "-" {
            handle = .standardInput
        } else {
            guard let opened = FileHandle(forReadingAtPath: path) else { throw CommandFailure.wrongUse("\(path) cannot be read.") }
            handle = opened
        }
        let data: Data?
        do {
            data = try handle.read(upToCount: limit + 1)
        } catch {
            throw CommandFailure.wrongUse("\(path) cannot be read.")
        }
        guard (data?.count ?? 0) <= limit else { throw CommandFailure.wrongUse("\(path) is larger than \(limit) bytes.") }
        return [UInt8](data ?? Data())
    }
}

extension Terminal {
    /// Several lines, each made harmless.
    static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { safe(String($0)) }.joined(separator: "\n")
    }
}
