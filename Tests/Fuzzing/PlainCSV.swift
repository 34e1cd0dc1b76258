/// RFC 4180 as plainly as it can be written, to compare the fast reader with.
enum PlainCSV {
    struct Record: Hashable {
        var fields: [[UInt8]] = []
        var isMalformed = false
        /// Bytes, without the line feed.
        var length = 0
    }

    static func records(_ bytes: [UInt8]) -> [Record] {
        var records: [Record] = []
        var line: [UInt8] = []
        // A quote opens at the beginning of a field only; between two quotes of a pair it is open again at once.
        var (isQuoted, isFieldStart, isAfterQuote) = (false, true, false)
        for byte in bytes {
            if byte == UInt8(ascii: "\n"), !isQuoted {
                records.append(record(line))
                line.removeAll(keepingCapacity: true)
                (isFieldStart, isAfterQuote) = (true, false)
                continue
            }
            line.append(byte)
            if isQuoted {
                (isQuoted, isAfterQuote) = byte == UInt8(ascii: "\"") ? (false, true) : (true, false)
            } else if byte == UInt8(ascii: "\""), isFieldStart || isAfterQuote {
                (isQuoted, isAfterQuote) = (true, false)
            } else {
                isAfterQuote = false
            }
            isFieldStart = !isQuoted && byte == UInt8(ascii: ",")
        }
        if !line.isEmpty { records.append(record(line)) }
        return records
    }

    private static func record(_ line: [UInt8]) -> Record {
        var record = Record(length: line.count)
        var rest = line.last == UInt8(ascii: "\r") ? line[..<(line.count - 1)] : line[...]
        while true {
            var field: [UInt8] = []
            if rest.first == UInt8(ascii: "\"") {
                rest = rest.dropFirst()
                var isClosed = false
                while let byte = rest.popFirst() {
                    if byte != UInt8(ascii: "\"") {
                        field.append(byte)
                    } else if rest.first == byte {
                        field.append(byte)
                        rest = rest.dropFirst()
                    } else {
                        // Closed, and then nothing but a comma or the end.
                        isClosed = rest.first.map { $0 == UInt8(ascii: ",") } ?? true
                        break
                    }
                }
                if !isClosed { record.isMalformed = true }
                while let byte = rest.first, byte != UInt8(ascii: ",") { rest = rest.dropFirst() }
            } else {
                while let byte = rest.first, byte != UInt8(ascii: ",") {
                    field.append(byte)
                    rest = rest.dropFirst()
                }
                if field.contains(UInt8(ascii: "\"")) { record.isMalformed = true }
            }
            record.fields.append(field)
            guard rest.popFirst() != nil else { return record }
        }
    }
}
