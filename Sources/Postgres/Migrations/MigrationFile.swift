internal import Crypto
internal import FoundationEssentials

/// One numbered file of SQL.
package struct MigrationFile: Sendable, Hashable {
    package let number: Int

    /// The whole file name, such as `0001_orders.sql`.
    package let name: String

    package let sql: String

    /// SHA-256 of the file's bytes.
    package let checksum: [UInt8]

    /// Reads all files of `folder`, in order.
    static func read(folder: String) throws(MigrationError) -> [MigrationFile] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw .unreadableFolder(folder)
        }
        var contents: [(name: String, content: [UInt8])] = []
        for name in names where !name.hasPrefix(".") && name.hasSuffix(".sql") {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { throw .unreadableFile(name) }
            contents.append((name, [UInt8](data)))
        }
        return try ordered(contents)
    }

    /// The files of these names and contents, in order.
    static func ordered(_ contents: [(name: String, content: [UInt8])]) throws(MigrationError) -> [MigrationFile] {
        var files: [MigrationFile] = []
        for (name, content) in contents {
            guard let number = number(of: name) else { throw .misnamedFile(name) }
            guard let sql = String(validating: content, as: UTF8.self) else { throw .unreadableFile(name) }
            files.append(MigrationFile(number: number, name: name, sql: sql, checksum: Array(SHA256.hash(data: content))))
        }
        files.sort { ($0.number, $0.name) < ($1.number, $1.name) }
        for (index, file) in files.enumerated() {
            if index > 0, files[index - 1].number == file.number {
                throw .duplicateNumber(file.number, files[index - 1].name, file.name)
            }
            if file.number != index + 1 { throw .missingNumber(index + 1) }
        }
        return files
    }

    /// The number of `0001_name.sql`; nil for a name of another form.
    private static func number(of name: String) -> Int? {
        let stem = name.utf8.dropLast(4)
        guard let underscore = stem.firstIndex(of: UInt8(ascii: "_")) else { return nil }
        let digits = stem[..<underscore]
        let words = stem[underscore...].dropFirst()
        let isWord = { (byte: UInt8) in (97...122).contains(byte) || (48...57).contains(byte) || byte == 95 }
        guard digits.count == 4, digits.allSatisfy({ (48...57).contains($0) }), !words.isEmpty, words.allSatisfy(isWord) else { return nil }
        return Int(String(Substring(digits)))
    }
}
