package import Simulation
internal import TradeNetwork

/// The network file, as `oms network apply` reads it.
package struct NetworkTarget: FuzzTarget {
    package let name = "network"
    package let samples: [FuzzSample]

    package init() {
        samples =
            FuzzFiles.samples(in: "ops/examples", "yaml")
            // A small one more often than others: where much is not there, more is reached.
            + (0..<6).map { FuzzSample(name: "small \($0)", bytes: Array(Self.small.utf8)) }
    }

    private static let small = """
        sellers:
          - { id: s, name: S, street: Kai 1, postalCode: "20457", city: Hamburg, country: DE, invoicePrefix: R }
        channels:
          - { id: c, seller: s, currency: EUR, locale: de-DE }
        suppliers:
          - { id: a, name: A, priority: 1, feedIntervalMinutes: 60 }
        locations:
          - location: l
            kind: store
            name: "L"
            country: DE
            latitude: 53.5
            longitude: 9.9
            supplier: a
        """

    package let tokens: [[UInt8]] = [
        "- ", "? ", ": ", ", ", "{", "}", "[", "]", "|", ">", "|-\n", ">+2\n", "&a ", "*a", "!!str ", "!!int ", "!", "%YAML 1.1\n---\n",
        "%TAG ! tag:x,2000:\n",
        "---\n", "...\n", "#", "'", "''", "\"", "\\", "\\x41", "\\u2028", "\\U0010FFFF", "\\\n", "~", "null", "yes", ".nan", ".inf", "0o7",
        "1:30", "<<: ",
        "2026-12-25", "14:00", "\n  ", "\n    ", "\n\t", "\u{85}", "\u{2028}", "\u{2029}", "\r", "id: s", "sellers:\n", "rules:\n",
        "? [x] : 1", "EUR", "DE",
    ].map { Array($0.utf8) }

    package let nestings = [
        FuzzNesting("[", "]"), FuzzNesting("{a: ", "}"), FuzzNesting("- ", ""), FuzzNesting("? ", ""), FuzzNesting("[{? [", "]}]"),
        FuzzNesting("\n ", ""),
        FuzzNesting("a: {", "}"),
    ]

    package func read(_ input: FuzzInput, _ random: inout SplitMix64) throws(FuzzComplaint) -> FuzzOutcome {
        // As the command does, which takes nothing but UTF-8.
        guard let text = String(validating: input.bytes, as: UTF8.self) else { return .refused("not_utf8") }
        do throws(NetworkFileError) {
            _ = try NetworkFile.read(text)
            return .taken
        } catch {
            return try refused(error, input.bytes)
        }
    }

    private func refused(_ error: NetworkFileError, _ bytes: [UInt8]) throws(FuzzComplaint) -> FuzzOutcome {
        guard let first = error.faults.first else { throw FuzzComplaint("it is refused without a fault") }
        let lines = Self.lines(bytes)
        var last = (1, 1)
        for fault in error.faults {
            try FuzzComplaint.unless(
                (1...lines.count).contains(fault.line),
                "\(fault.code.rawValue) is at line \(fault.line) of \(lines.count)"
            )
            let length = lines[fault.line - 1]
            try FuzzComplaint.unless(
                (1...length + 1).contains(fault.column),
                "\(fault.code.rawValue) is at column \(fault.column) of \(length) in line \(fault.line)"
            )
            try FuzzComplaint.unless(last <= (fault.line, fault.column), "the faults are not in the order of the file")
            last = (fault.line, fault.column)
            try FuzzComplaint.unless(fault.reason.hasSuffix("."), "\(fault.code.rawValue) has no sentence: \(fault.reason)")
            try FuzzComplaint.unless(
                !fault.description.unicodeScalars.contains { $0.properties.generalCategory == .control },
                "\(fault.code.rawValue) is told with control characters: \(fault.description.debugDescription)"
            )
        }
        return .refused(first.code.rawValue)
    }

    /// The length of each line as an editor shows it, in scalars.
    static func lines(_ bytes: [UInt8]) -> [Int] {
        var text = bytes[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        var lengths: [Int] = []
        var length = 0
        var last: UInt8 = 0
        for byte in text {
            if byte == 0x0D || (byte == 0x0A && last != 0x0D) {
                lengths.append(length)
                length = 0
            } else if byte != 0x0A, byte & 0xC0 != 0x80 {
                length += 1
            }
            last = byte
        }
        if length > 0 || lengths.isEmpty { lengths.append(length) }
        return lengths
    }
}
