#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Reads RFC 4180 records from a stream: quoted fields may hold commas, doubled quotes and line breaks; lines end in LF or CRLF.
struct CSVReader {
    /// Longer records are taken for damage.
    static let maximumRecord = 1 << 20

    /// One record: its fields lie one after the other in `bytes`.
    struct Record {
        fileprivate(set) var bytes: [UInt8] = []
        fileprivate(set) var ends: [Int] = []
        /// A quote stands where none may, or a quoted field is followed by more text.
        fileprivate(set) var isMalformed = false

        var count: Int { ends.count }

        func range(_ field: Int) -> Range<Int> { (field == 0 ? 0 : ends[field - 1])..<ends[field] }

        /// `nil` for bytes that are not UTF-8.
        func text(_ field: Int) -> String? { String(validating: bytes[range(field)], as: UTF8.self) }

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
    private var record = Record()
    /// Records given so far.
    private(set) var count = 0

    init(path: String, _ source: @escaping () throws(RetailFileError) -> [UInt8]) {
        self.path = path
        self.source = source
    }

    /// The next record, or `nil` at the end. An empty line is a record of one empty field.
    mutating func next() throws(RetailFileError) -> Record? {
        guard let end = try recordEnd() else { return nil }
        let start = position
        position = min(end + 1, buffer.count)
        count += 1
        record.clear()
        let last = end > start && buffer[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
        split(start, last)
        return record
    }

    /// Where the record that begins at `position` ends: its line feed, or the end of the stream.
    private mutating func recordEnd() throws(RetailFileError) -> Int? {
        while true {
            if let feed = find(UInt8(ascii: "\n"), from: position, to: buffer.count) {
                if find(UInt8(ascii: "\""), from: position, to: feed) == nil { return feed }
                if let end = quotedRecordEnd() { return end }
            }
            if isAtEnd { return position < buffer.count ? buffer.count : nil }
            buffer.removeSubrange(0..<position)
            position = 0
            guard buffer.count <= Self.maximumRecord else { throw .recordTooLong(path: path, record: count + 1) }
            let more = try source()
            isAtEnd = more.isEmpty
            buffer += more
        }
    }

    /// The first line feed outside of quotes; a quote opens only at the beginning of a field.
    private func quotedRecordEnd() -> Int? {
        enum Place { case fieldStart, plain, quoted, afterQuote }
        var place = Place.fieldStart
        for at in position..<buffer.count {
            switch (place, buffer[at]) {
            case (.quoted, UInt8(ascii: "\"")): place = .afterQuote
            case (.quoted, _): break
            case (.fieldStart, UInt8(ascii: "\"")), (.afterQuote, UInt8(ascii: "\"")): place = .quoted
            case (_, UInt8(ascii: "\n")): return at
            case (_, UInt8(ascii: ",")): place = .fieldStart
            default: place = .plain
            }
        }
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
        while let quote = find(UInt8(ascii: "\""), from: at, to: end) {
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
