/// The few bytes that mail is written with.
enum ASCII {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let equals: UInt8 = 0x3D
    static let underscore: UInt8 = 0x5F
    static let hexDigits = Array("0123456789ABCDEF".utf8)

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    /// Visible ASCII, without the space.
    static func isVisible(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }

    /// RFC 5322 `atext`: what an unquoted word of an address may hold.
    static func isAtomText(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}

extension [UInt8] {
    mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    mutating func appendLineEnd() {
        append(ASCII.carriageReturn)
        append(ASCII.lineFeed)
    }

    /// `=3D`, `%3D`: the marker and two hexadecimal digits.
    mutating func appendHexadecimal(_ byte: UInt8, marker: UInt8) {
        append(marker)
        append(ASCII.hexDigits[Int(byte >> 4)])
        append(ASCII.hexDigits[Int(byte & 15)])
    }
}
