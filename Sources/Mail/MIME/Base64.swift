/// Base64 as mail uses it (RFC 2045 section 6.8).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// 57 bytes are 76 characters, the longest line allowed.
    private static let bytesPerLine = 57

    /// Appends `bytes` in lines of at most 76 characters, each with its line end.
    static func appendLines(of bytes: [UInt8], to output: inout [UInt8]) {
        output.reserveCapacity(output.count + bytes.count / bytesPerLine * 78 + 80)
        var start = 0
        while start < bytes.count {
            let end = min(start + bytesPerLine, bytes.count)
            append(bytes[start..<end], to: &output)
            output.appendLineEnd()
            start = end
        }
    }

    /// Appends `bytes` without line ends.
    static func append(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            alphabet.withUnsafeBufferPointer { alphabet in
                var index = 0
                while index + 3 <= bytes.count {
                    let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
                    output.append(alphabet[Int(group >> 18)])
                    output.append(alphabet[Int(group >> 12 & 63)])
                    output.append(alphabet[Int(group >> 6 & 63)])
                    output.append(alphabet[Int(group & 63)])
                    index += 3
                }
                let rest = bytes.count - index
                guard rest > 0 else { return }
                let group = UInt32(bytes[index]) << 16 | (rest == 2 ? UInt32(bytes[index + 1]) << 8 : 0)
                output.append(alphabet[Int(group >> 18)])
                output.append(alphabet[Int(group >> 12 & 63)])
                output.append(rest == 2 ? alphabet[Int(group >> 6 & 63)] : ASCII.equals)
                output.append(ASCII.equals)
            }
        }
    }
}
