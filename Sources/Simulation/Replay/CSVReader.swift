#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Reads RFC 4180 records from a stream: quoted fields may hold commas, doubled quotes and line breaks; lines end in LF or CRLF.
///
/// Every byte is looked at a constant number of times, however small the pieces are that the stream comes in.
package struct CSVReader {
    /// Longer records are taken for damage.
    package static let maximumRecord = 1 << 20

    /// One record: its fields lie one after the other in `bytes`.
    package struct Record {
        package fileprivate(set) var bytes: [UInt8] = []
        fileprivate(set) var ends: [Int] = []
        /// A quote stands where none may or is never closed, or a quoted field is followed by more text.
        package fileprivate(set) var isMalformed = false

        package var count: Int { ends.count }

        package func range(_ field: Int) -> Range<Int> { (field == 0 ? 0 : ends[field - 1])..<ends[field] }

        /// `nil` for bytes that are not UTF-8.
        package func text(_ field: Int) -> String? { String(validating: bytes[range(field)], as: UTF8.self) }

        fileprivate mutating func clear() {
            bytes.removeAll(keepingCapacity: true)
            ends.removeAll(keepingCapacity: true)
            isMalformed = false
        }
    }

    private let source: () throws(RetailFileError) -> [UInt8]
    private let path: String
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    /// How far the record at `position` was searched for its end.
    private var searched = 0
    /// Where the search stands among quotes; `nil` as long as no quote was met.
    private var place: Place?
    private var record = Record()
    /// Records given so far.
    package private(set) var count = 0
    /// How often a byte was looked at so far, in search of records' ends: at most three times each.
    package private(set) var looks = 0

    private enum Place { case fieldStart, plain, quoted, afterQuote }

    package init(path: String, _ source: @escaping () throws(RetailFileError) -> [UInt8]) {
        self.path = path
        self.source = source
    }

    /// The next record, or `nil` at the end. An empty line is a record of one empty field.
    package mutating func next() throws(RetailFileError) -> Record? {
        guard let end = try recordEnd() else { return nil }
        let start = position
        position = min(end + 1, buffer.count)
        searched = position
        place = nil
        count += 1
        record.clear()
        let last = end > start && buffer[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
        split(start, last)
        return record
    }

    /// Where the record that begins at `position` ends: its line feed, or the end of the stream.
    private mutating func recordEnd() throws(RetailFileError) -> Int? {
        while true {
            if let end = place == nil ? plainRecordEnd() : quotedRecordEnd() { return end }
            if isAtEnd { return position < buffer.count ? buffer.count : nil }
            buffer.removeSubrange(0..<position)
            searched -= position
            position = 0
            guard buffer.count <= Self.maximumRecord else { throw .recordTooLong(path: path, record: count + 1) }
            let more = try source()
            isAtEnd = more.isEmpty
            buffer += more
        }
    }

    /// The first line feed, as long as there is no quote before it.
    private mutating func plainRecordEnd() -> Int? {
        let feed = find(UInt8(ascii: "\n"), from: searched, to: buffer.count)
        let limit = feed ?? buffer.count
        looks += 2 * (limit - searched)
        guard find(UInt8(ascii: "\""), from: searched, to: limit) == nil else {
            // Once more from the record's beginning: whether a quote opens depends on what stands before it.
            (searched, place) = (position, .fieldStart)
            return quotedRecordEnd()
        }
        searched = limit
        return feed
    }

    /// The first line feed outside of quotes; a quote opens only at the beginning of a field.
    private mutating func quotedRecordEnd() -> Int? {
        var place = place ?? .fieldStart
        for at in searched..<buffer.count {
            switch (place, buffer[at]) {
            case (.quoted, UInt8(ascii: "\"")): place = .afterQuote
            case (.quoted, _): break
            case (.fieldStart, UInt8(ascii: "\"")), (.afterQuote, UInt8(ascii: "\"")): place = .quoted
            case (_, UInt8(ascii: "\n")):
                looks += at - searched
                return at
            case (_, UInt8(ascii: ",")): place = .fieldStart
            default: place = .plain
            }
        }
        looks += buffer.count - searched
        (searched, self.place) = (buffer.count, place)
        return nil
    }

    private func find(_ byte: UInt8, from: Int, to: Int) -> Int? {
        guard from < to else { return nil }
        return buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base + from, Int32(byte), to - from) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    private mutating func split(_ start: Int, _ end: Int) {
        guard find(UInt8(ascii: "\""), from: start, to: end) != nil else {
            var field = start
            while let comma = find(UInt8(ascii: ","), from: field, to: end) {
                close(field, comma)
                field = comma + 1
            }
            close(field, end)
            return
        }
        var at = start
        while true {
            if at < end, buffer[at] == UInt8(ascii: "\"") {
                at = unquote(at + 1, end)
            } else {
                let comma = find(UInt8(ascii: ","), from: at, to: end) ?? end
                if find(UInt8(ascii: "\""), from: at, to: comma) != nil { record.isMalformed = true }
                close(at, comma)
                at = comma
            }
            guard at < end else { return }
            at += 1
        }
    }

    /// Takes a quoted field whose text begins at `start`; gives the place of the comma after it, or `end`.
    private mutating func unquote(_ start: Int, _ end: Int) -> Int {
        var at = start
        while true {
            guard let quote = find(UInt8(ascii: "\""), from: at, to: end) else {
                // It never ends: everything that follows is in it.
                close(at, end)
                record.isMalformed = true
                return end
            }
            record.bytes += buffer[at..<quote]
            at = quote + 1
            guard at < end, buffer[at] == UInt8(ascii: "\"") else { break }
            record.bytes.append(UInt8(ascii: "\""))
            at += 1
        }
        let comma = find(UInt8(ascii: ","), from: at, to: end) ?? end
        if comma != at { record.isMalformed = true }
        record.ends.append(record.bytes.count)
        return comma
    }

    private mutating func close(_ start: Int, _ end: Int) {
        record.bytes += buffer[start..<end]
        record.ends.append(record.bytes.count)
    }
}
