/// Names of the statements a connection has prepared, by their text.
///
/// A text may be prepared more than once: where a parameter was NULL the first time, its type was left to the server, and a value of
/// another type must not be sent for it.
struct StatementCache {
    private struct Entry {
        let name: String
        let types: [UInt32]

        /// NULL fits whatever was declared.
        func fits(_ wanted: [UInt32]) -> Bool {
            types.count == wanted.count && zip(types, wanted).allSatisfy { $0 == $1 || $1 == TypeID.unspecified }
        }
    }

    /// More than this many different texts are taken for a leak of generated SQL: all are forgotten, and prepared again as they come.
    static let limit = 1000

    private var entries: [String: [Entry]] = [:]
    private var prepared = 0
    private(set) var count = 0

    /// The name of the prepared statement for this text and these types.
    func name(for sql: String, types: [UInt32]) -> String? {
        entries[sql]?.first { $0.fits(types) }?.name
    }

    /// Enters a statement that is about to be prepared and gives it a name, never used before on this connection.
    mutating func add(_ sql: String, types: [UInt32]) -> String {
        prepared += 1
        count += 1
        let name = "s\(prepared)"
        entries[sql, default: []].append(Entry(name: name, types: types))
        return name
    }

    /// Takes back a statement that the server refused to prepare.
    mutating func remove(_ sql: String, name: String) {
        guard var entry = entries[sql], let index = entry.firstIndex(where: { $0.name == name }) else { return }
        entry.remove(at: index)
        entries[sql] = entry.isEmpty ? nil : entry
        count -= 1
    }

    mutating func removeAll() {
        entries.removeAll()
        count = 0
    }
}
