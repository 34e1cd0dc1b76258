internal import Foundation

/// Template files of the operator, in a folder per locale.
enum TemplateFolder {
    private static let largestFile = 1 << 20

    /// Every `LOCALE/NAME.PART.mustache` below `directory`; other files are left alone.
    ///
    /// - Throws: where the folder cannot be read, a file is no UTF-8 text or over 1 MiB, or its name has another shape.
    static func read(_ directory: String) throws(MailTemplateError) -> [TemplateFile: String] {
        var files: [TemplateFile: String] = [:]
        for locale in try entries(directory) {
            let folder = directory + "/" + locale
            guard isFolder(folder) else { continue }
            for entry in try entries(folder) where entry.hasSuffix(TemplateFile.suffix) {
                let path = locale + "/" + entry
                guard let file = TemplateFile(path: path), let tag = LocaleTag(locale), tag.description == locale else {
                    let problem = "the name must be LOCALE/NAME.subject|text|html.mustache, with a locale such as de or de-AT"
                    throw MailTemplateError.invalid(file: path, line: nil, problem: problem)
                }
                files[file] = try text(directory + "/" + path, file)
            }
        }
        return files
    }

    /// Writes `files`, path to text, below `directory`; what is there already stays as it is.
    ///
    /// - Returns: the paths written, sorted.
    static func write(_ files: [String: String], to directory: String) throws(MailTemplateError) -> [String] {
        var written: [String] = []
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            let url = URL(fileURLWithPath: directory + "/" + path)
            do {
                try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                if FileManager.default.fileExists(atPath: url.path) { continue }
                try Data(text.utf8).write(to: url, options: .withoutOverwriting)
            } catch { throw MailTemplateError.unreadable(path: url.path) }
            written.append(path)
        }
        return written
    }

    private static func entries(_ directory: String) throws(MailTemplateError) -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: directory).filter { !$0.hasPrefix(".") }.sorted() } catch {
            throw MailTemplateError.unreadable(path: directory)
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private static func text(_ path: String, _ file: TemplateFile) throws(MailTemplateError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else { throw MailTemplateError.unreadable(path: path) }
        guard data.count <= largestFile else { throw MailTemplateError.invalid(file: file.path, line: nil, problem: "it is over 1 MiB") }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw MailTemplateError.invalid(file: file.path, line: nil, problem: "it is no UTF-8 text")
        }
        return text
    }
}
