import Foundation

/// A file of `ops/examples`.
enum Example {
    static func text(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "../..").standardized
        return try String(contentsOf: root.appending(path: "ops/examples").appending(path: name), encoding: .utf8)
    }
}
