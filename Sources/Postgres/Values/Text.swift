internal import Glibc

extension StringProtocol {
    /// Whether the text holds U+0000, which PostgreSQL's text types cannot store.
    package var containsNUL: Bool { utf8.contains(0) }
}

extension UnsafeRawBufferPointer {
    var containsNUL: Bool {
        guard let baseAddress else { return false }
        return memchr(baseAddress, 0, count) != nil
    }
}

/// The identifier quoted for SQL, whatever it holds.
package func quotedIdentifier(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
