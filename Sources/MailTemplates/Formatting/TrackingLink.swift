/// Which links a mail may carry: what a carrier or a supplier sends is not to be trusted.
enum TrackingLink {
    private static let longest = 2_000

    /// `url` where it is plain `http` or `https`, names a host and hides nothing; else `nil`.
    static func safe(_ url: String?) -> String? {
        guard let url, url.utf8.count <= longest else { return nil }
        let lowercased = url.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lowercased.hasPrefix) else { return nil }
        let isWritten = url.unicodeScalars.allSatisfy { scalar in
            (scalar.value > 0x20 && scalar.value < 0x7F && !"\"'<>\\`{}|^".unicodeScalars.contains(scalar))
                || (scalar.value >= 0xA0 && !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
                    && !scalar.properties.isBidiControl)
        }
        guard isWritten else { return nil }
        let authority = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        // A name before an @ is there to look like another host.
        return authority.isEmpty || authority.contains("@") || authority.hasPrefix(":") ? nil : url
    }
}
