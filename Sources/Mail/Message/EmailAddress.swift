/// An address that has been checked, with its domain in the ASCII form that servers and name lookups know.
struct EmailAddress: Hashable {
    var local: String
    var domain: String
    var text: String { "\(local)@\(domain)" }

    /// Letters beyond ASCII before the `@`: only a server with SMTPUTF8 takes such an address.
    var isInternational: Bool { local.utf8.contains { $0 >= 0x80 } }

    /// - Returns: `nil` where it is no address, including everything that could smuggle a command or a second address in.
    init?(_ address: String) {
        guard let at = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let local = String(address[..<at])
        guard Self.isDotAtom(local) || Self.isQuotedString(local) else { return nil }
        guard let domain = DomainName.ascii(String(address[address.utf8.index(after: at)...])) else { return nil }
        // RFC 5321 section 4.5.3.1: 64 octets before the @, and 254 in all so that the path fits into 256.
        guard local.utf8.count <= 64, local.utf8.count + 1 + domain.utf8.count <= 254 else { return nil }
        self.local = local
        self.domain = domain
    }

    private static func isDotAtom(_ text: String) -> Bool {
        let atoms = text.split(separator: ".", omittingEmptySubsequences: false)
        return atoms.allSatisfy { atom in !atom.isEmpty && atom.unicodeScalars.allSatisfy(isAtomText) }
    }

    private static func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
        if let byte = UInt8(exactly: scalar.value), byte < 0x80 { return ASCII.isAtomText(byte) }
        return !HeaderText.isBreaking(scalar) && !scalar.properties.isWhitespace && !scalar.properties.isBidiControl
    }

    /// `"john doe"`, without quotes or backslashes inside: what nobody uses is not worth the risk of reading it wrongly.
    private static func isQuotedString(_ text: String) -> Bool {
        guard text.utf8.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return false }
        return text.utf8.dropFirst().dropLast().allSatisfy { byte in
            (byte == ASCII.space || ASCII.isVisible(byte)) && !"\"\\<>".utf8.contains(byte)
        }
    }
}
