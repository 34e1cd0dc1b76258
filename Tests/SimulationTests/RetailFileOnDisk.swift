import Foundation
import Testing

/// The real file, where it is at hand: named by `OMS_RETAIL_FILE`, or beside the project.
enum RetailFileOnDisk {
    static var path: String? {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "../..").standardized
        let candidates = [
            ProcessInfo.processInfo.environment["OMS_RETAIL_FILE"],
            root.appending(path: "../shared/data/online_retail.csv.xz").standardized.path(percentEncoded: false),
        ]
        return candidates.compactMap { $0 }.first { FileManager.default.isReadableFile(atPath: $0) }
    }

    /// Says loudly that a test over the real file proves nothing here.
    static func reportMissing() {
        Issue.record(
            "SKIPPED: online_retail.csv.xz is neither named by OMS_RETAIL_FILE nor in ../shared/data; the replay of the real file was not tested.",
            severity: .warning
        )
    }
}
