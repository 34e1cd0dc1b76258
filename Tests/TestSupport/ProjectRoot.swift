internal import Foundation

/// Where the project's files are.
package enum ProjectRoot {
    /// The folder that holds `Package.swift`, without a slash at the end.
    package static let path: String = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// The `oms` program built beside the running tests, or what `OMS_BINARY` names.
    package static var oms: String {
        get throws {
            if let named = ProcessInfo.processInfo.environment["OMS_BINARY"] { return named }
            let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            let argument = CommandLine.arguments.first.map { URL(fileURLWithPath: $0) }
            for folder in [tests, argument].compactMap({ $0?.deletingLastPathComponent().path }) + [path + "/.build/debug"] {
                let candidate = folder + "/oms"
                if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            }
            throw TestSupportError("the program oms is not built: swift build --product oms, or set OMS_BINARY")
        }
    }
}
