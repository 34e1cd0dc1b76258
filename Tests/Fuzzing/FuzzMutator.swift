internal import Simulation

/// Makes inputs of valid samples: bytes changed, pieces cut, doubled, exchanged and put elsewhere, nested deep, grown long, with numbers
/// too large and text that is none.
struct FuzzMutator {
    private let samples: [[UInt8]]
    private let tokens: [[UInt8]]
    private let nestings: [FuzzNesting]

    init(_ target: some FuzzTarget) {
        samples = target.samples.map(\.bytes)
        tokens = target.tokens + Self.odd
        nestings = target.nestings
    }

    /// Characters that readers stumble over, and bytes that are none.
    private static let odd: [[UInt8]] =
        [
            "\u{2028}", "\u{2029}", "\u{85}", "\r", "\r\n", "\n", "\u{FEFF}", "\u{0}", "\u{1B}", "\u{7F}", "\u{A0}", "\u{200B}", "\u{202E}",
            "\u{301}",
            "é", "e\u{301}", "İ", "ß", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{FFFE}", "\u{10FFFF}", "😀", "👩‍👩‍👧", "\t", " ",
        ].map { Array($0.utf8) } + [
            [0x80], [0xC0, 0x80], [0xC3], [0xE2, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB], [0xF0, 0x9F], [0xF4, 0x90, 0x80, 0x80], [0xFE],
            [0xFF],
        ]

    private static let numbers = [
        "0", "-0", "00", "1.", ".5", "1e400", "1E-400", "2147483648", "4294967296", "9007199254740993", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "999999999999", "0x10", "1_000",
        "١٢",
    ].map { Array($0.utf8) }

    /// The largest input that grows on purpose: a little more than any of the readers takes.
    private static let largest = 1_100_000

    func input(_ index: Int, _ random: inout SplitMix64) -> FuzzInput {
        let sample = random.below(samples.count)
        var bytes = samples[sample]
        // One in many is long: it takes as much time as a thousand others.
        if random.below(4_000) == 0 { grow(&bytes, to: 10_000 + random.below(Self.largest), &random) }
        // Often one change alone: what is nearly right gets furthest.
        let most = [1, 1, 2, 12][random.below(4)]
        for _ in 0..<(1 + random.below(most)) { mutate(&bytes, &random) }
        return FuzzInput(index: index, sample: sample, bytes: bytes)
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        let range = range(of: bytes, upTo: 12, &random)
        switch random.below(20) {
        case 0: bytes.removeSubrange(range)
        case 1, 2: bytes.insert(contentsOf: one(of: tokens, &random), at: range.lowerBound)
        case 3, 4: bytes.replaceSubrange(range, with: one(of: tokens, &random))
        case 5: if let at = range.first { bytes[at] = UInt8(truncatingIfNeeded: random.next()) }
        case 6: if let at = range.first { bytes[at] ^= 1 << UInt8(random.below(8)) }
        case 7: bytes.removeSubrange(range.lowerBound...)
        case 8:
            let piece = Array(bytes[self.range(of: bytes, upTo: 200, &random)])
            bytes.insert(contentsOf: piece, at: range.lowerBound)
        case 9: exchange(range, self.range(of: bytes, upTo: 40, &random), &bytes)
        case 10: exchange(line(at: range.lowerBound, bytes), line(at: random.below(bytes.count + 1), bytes), &bytes)
        case 11: bytes.insert(contentsOf: Array(bytes[line(at: range.lowerBound, bytes)]), at: line(at: range.lowerBound, bytes).lowerBound)
        case 12: bytes.removeSubrange(line(at: range.lowerBound, bytes))
        case 13: replaceNumber(from: range.lowerBound, &bytes, &random)
        case 14: nest(range, &bytes, &random)
        case 15:
            // The head of one, the tail of another.
            let other = one(of: samples, &random)
            bytes.replaceSubrange(range.lowerBound..., with: other[random.below(other.count + 1)...])
        case 16, 17, 18:
            let word = word(at: range.lowerBound, bytes)
            let other = random.below(2) == 0 ? one(of: tokens, &random) : Array(bytes[self.word(at: random.below(bytes.count + 1), bytes)])
            bytes.replaceSubrange(word, with: other)
        default: if random.below(4) == 0 { grow(&bytes, to: bytes.count + random.below(4_000), &random) }
        }
    }

    private func one(of list: [[UInt8]], _ random: inout SplitMix64) -> [UInt8] { list.isEmpty ? [] : list[random.below(list.count)] }

    private func range(of bytes: [UInt8], upTo length: Int, _ random: inout SplitMix64) -> Range<Int> {
        let start = random.below(bytes.count + 1)
        return start..<min(bytes.count, start + random.below(length + 1))
    }

    /// The line around a place, with its line feed.
    private func line(at place: Int, _ bytes: [UInt8]) -> Range<Int> {
        let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let end = bytes[place...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
        return start..<end
    }

    /// The word around a place: letters, digits and what stands within names and numbers.
    private func word(at place: Int, _ bytes: [UInt8]) -> Range<Int> {
        func isPart(_ byte: UInt8) -> Bool {
            (byte >= 48 && byte <= 58) || ((byte | 32) >= 97 && (byte | 32) <= 122) || byte == 45 || byte == 46 || byte == 95
        }
        let start = bytes[..<place].lastIndex { !isPart($0) }.map { $0 + 1 } ?? 0
        let end = bytes[place...].firstIndex { !isPart($0) } ?? bytes.count
        return start..<end
    }

    private func exchange(_ one: Range<Int>, _ other: Range<Int>, _ bytes: inout [UInt8]) {
        let (first, second) = one.lowerBound <= other.lowerBound ? (one, other) : (other, one)
        guard first.upperBound <= second.lowerBound else { return }
        let (head, tail) = (Array(bytes[first]), Array(bytes[second]))
        bytes.replaceSubrange(second, with: head)
        bytes.replaceSubrange(first, with: tail)
    }

    private func replaceNumber(from place: Int, _ bytes: inout [UInt8], _ random: inout SplitMix64) {
        func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
        guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: one(of: Self.numbers, &random))
    }

    private func nest(_ range: Range<Int>, _ bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard !nestings.isEmpty else { return }
        let nesting = nestings[random.below(nestings.count)]
        let depth = 1 << random.below(12)
        func repeated(_ piece: [UInt8]) -> [UInt8] { (0..<depth).flatMap { _ in piece } }
        // Half of them are never closed.
        if random.below(2) == 0 { bytes.insert(contentsOf: repeated(nesting.closing), at: range.upperBound) }
        bytes.insert(contentsOf: repeated(nesting.opening), at: range.lowerBound)
    }

    /// Repeats a piece of it where it stands.
    private func grow(_ bytes: inout [UInt8], to size: Int, _ random: inout SplitMix64) {
        let isLine = random.below(2) == 0
        let range = isLine ? line(at: random.below(bytes.count + 1), bytes) : self.range(of: bytes, upTo: 60, &random)
        let piece = range.isEmpty ? one(of: tokens, &random) : Array(bytes[range])
        guard !piece.isEmpty, bytes.count < size else { return }
        var more: [UInt8] = []
        while bytes.count + more.count + piece.count <= size { more += piece }
        bytes.insert(contentsOf: more, at: range.upperBound)
    }
}
