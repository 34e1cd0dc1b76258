/// Quoted-printable (RFC 2045 section 6.7): text that stays readable and survives any relay.
enum QuotedPrintable {
    /// Room for 75 characters and the `=` of a soft line break.
    private static let longestLine = 75

    /// Appends `text`, whose line ends must be CRLF.
    static func append(_ text: [UInt8], to output: inout [UInt8]) {
        output.reserveCapacity(output.count + text.count + text.count / 8)
        var column = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == ASCII.carriageReturn, index + 1 < text.count, text[index + 1] == ASCII.lineFeed {
                output.appendLineEnd()
                column = 0
                index += 2
                continue
            }
            let isPlain = isPlain(byte, before: index + 1 < text.count ? text[index + 1] : nil)
            let width = isPlain ? 1 : 3
            if column + width > longestLine {
                output.append(ASCII.equals)
                output.appendLineEnd()
                column = 0
            }
            if isPlain { output.append(byte) } else { output.appendHexadecimal(byte, marker: ASCII.equals) }
            column += width
            index += 1
        }
        if column > 0 { output.appendLineEnd() }
    }

    /// White space at the end of a line would be lost on the way.
    private static func isPlain(_ byte: UInt8, before next: UInt8?) -> Bool {
        if byte == ASCII.space || byte == ASCII.tab { return next != nil && next != ASCII.carriageReturn }
        return ASCII.isVisible(byte) && byte != ASCII.equals
    }
}
