/// Text beyond ASCII in header fields (RFC 2047).
enum EncodedWords {
    /// RFC 2047 allows 75; shorter ones fit beside any field name in a line of 76.
    private static let longestWord = 60
    private static let prefixLength = "=?UTF-8?Q?".utf8.count
    private static let suffixLength = "?=".utf8.count

    /// The words that a reader puts together to `text` again; what stands between them is dropped.
    static func words(for text: String) -> [String] {
        let room = longestWord - prefixLength - suffixLength
        let bytes = Array(text.utf8)
        let quotedLength = bytes.reduce(0) { $0 + (isPlain($1) || $1 == ASCII.space ? 1 : 3) }
        let isQuotedShorter = quotedLength <= (bytes.count + 2) / 3 * 4
        var words: [String] = []
        var pending: [UInt8] = []
        var length = 0
        for scalar in text.unicodeScalars {
            let encoded = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            let width = encoded.reduce(0) { $0 + (isPlain($1) || $1 == ASCII.space ? 1 : 3) }
            let isFull = isQuotedShorter ? length + width > room : (pending.count + encoded.count + 2) / 3 * 4 > room
            if isFull {
                words.append(word(for: pending, quoted: isQuotedShorter))
                pending.removeAll(keepingCapacity: true)
                length = 0
            }
            pending.append(contentsOf: encoded)
            length += width
        }
        if !pending.isEmpty { words.append(word(for: pending, quoted: isQuotedShorter)) }
        return words
    }

    private static func word(for bytes: [UInt8], quoted: Bool) -> String {
        var output: [UInt8] = []
        output.append(quoted ? "=?UTF-8?Q?" : "=?UTF-8?B?")
        if quoted {
            for byte in bytes {
                if byte == ASCII.space {
                    output.append(ASCII.underscore)
                } else if isPlain(byte) {
                    output.append(byte)
                } else {
                    output.appendHexadecimal(byte, marker: ASCII.equals)
                }
            }
        } else {
            Base64.append(bytes[...], to: &output)
        }
        output.append("?=")
        return String(decoding: output, as: UTF8.self)
    }

    /// What may stand for itself even in the name of a mailbox, the strictest place (RFC 2047 section 5, rule 3).
    private static func isPlain(_ byte: UInt8) -> Bool { ASCII.isAlphanumeric(byte) || "!*+-/".utf8.contains(byte) }
}
