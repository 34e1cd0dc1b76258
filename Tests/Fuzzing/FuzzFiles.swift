internal import Foundation

/// The project's own files, which are the valid samples.
enum FuzzFiles {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The files of a folder with this extension, by name.
    static func samples(in folder: String, _ pathExtension: String) -> [FuzzSample] {
        let directory = root.appending(path: folder)
        let files = (try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == pathExtension }.sorted { $0.path < $1.path }.compactMap { file in
            (try? Data(contentsOf: file)).map { FuzzSample(name: file.deletingPathExtension().lastPathComponent, bytes: Array($0)) }
        }
    }
}
