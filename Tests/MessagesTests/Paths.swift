import Foundation

/// Where the tests find the project's own files.
enum Paths {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let queues = root.appending(path: "queues")
    static let validators = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Validators")
}
