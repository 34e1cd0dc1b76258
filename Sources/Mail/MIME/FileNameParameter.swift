/// The name of an attached file as a parameter of its header field (RFC 2183, RFC 2231).
enum FileNameParameter {
    private static let longestSection = 50
    private static let longestName = 200

    /// `filename="a.pdf"`, or sections of `filename*0*=UTF-8''…`, each a token of its own.
    static func tokens(for filename: String) -> [String] {
        let name = harmless(filename)
        if let quoted = HeaderText.quoted(name) { return ["filename=\(quoted)"] }
        let sections = sections(of: name)
        if sections.count == 1 { return ["filename*=UTF-8''\(sections[0])"] }
        return sections.enumerated().map { index, section in
            let end = index + 1 < sections.count ? ";" : ""
            return "filename*\(index)*=\(index == 0 ? "UTF-8''" : "")\(section)\(end)"
        }
    }

    /// Without folders, control characters, and signs that turn the direction of reading (`invoice‮fdp.exe`).
    static func harmless(_ filename: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in filename.unicodeScalars.prefix(longestName) {
            let isUnwanted = HeaderText.isBreaking(scalar) || scalar == "/" || scalar == "\\" || scalar.properties.isBidiControl
            clean.append(isUnwanted ? "_" : scalar)
        }
        let name = String(clean)
        return name.isEmpty || name.allSatisfy { $0 == "." } ? "attachment" : name
    }

    private static func sections(of name: String) -> [String] {
        var sections: [String] = []
        var current: [UInt8] = []
        for scalar in name.unicodeScalars {
            var encoded: [UInt8] = []
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                let isPlain = ASCII.isAlphanumeric(byte) || "-._~".utf8.contains(byte)
                if isPlain { encoded.append(byte) } else { encoded.appendHexadecimal(byte, marker: UInt8(ascii: "%")) }
            }
            // A letter cut in two would not survive readers that decode section by section.
            if current.count + encoded.count > longestSection {
                sections.append(String(decoding: current, as: UTF8.self))
                current.removeAll(keepingCapacity: true)
            }
            current += encoded
        }
        sections.append(String(decoding: current, as: UTF8.self))
        return sections
    }
}
