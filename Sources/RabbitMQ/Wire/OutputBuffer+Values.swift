// AMQP 0-9-1 section 4.2.5 and RabbitMQ's list of field types (https://www.rabbitmq.com/amqp-0-9-1-errata): strings, tables and arrays
// as the wire has them.
extension OutputBuffer {
    /// At most 255 bytes, which callers have checked; a longer one is cut, so that the frame stays well-formed.
    mutating func appendShortString(_ string: String) {
        var string = string
        string.withUTF8 { bytes in
            let kept = bytes.prefix(255)
            append(UInt8(kept.count))
            append(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: kept)))
        }
    }

    private mutating func appendLongString(_ string: String) {
        var string = string
        string.withUTF8 { bytes in
            append(UInt32(bytes.count))
            append(UnsafeRawBufferPointer(bytes))
        }
    }

    mutating func appendTable(_ table: [String: FieldValue]) {
        let length = mark()
        for (name, value) in table {
            appendShortString(name)
            appendValue(value)
        }
        close(length)
    }

    private mutating func appendValue(_ value: FieldValue) {
        switch value {
        case .string(let string):
            append(UInt8(ascii: "S"))
            appendLongString(string)
        case .int(let number):
            append(UInt8(ascii: "l"))
            append(number)
        case .bool(let flag):
            append(UInt8(ascii: "t"))
            append(flag ? 1 : 0 as UInt8)
        case .bytes(let bytes):
            append(UInt8(ascii: "x"))
            append(UInt32(bytes.count))
            bytes.withUnsafeBytes { append($0) }
        case .timestamp(let seconds):
            append(UInt8(ascii: "T"))
            append(seconds)
        case .list(let values):
            append(UInt8(ascii: "A"))
            let length = mark()
            for value in values { appendValue(value) }
            close(length)
        case .table(let table):
            append(UInt8(ascii: "F"))
            appendTable(table)
        case .double(let number):
            append(UInt8(ascii: "d"))
            append(number.bitPattern)
        case .null:
            append(UInt8(ascii: "V"))
        }
    }
}

extension FieldValue {
    /// Bytes on the wire, its type included.
    var encodedSize: Int {
        switch self {
        case .string(let string): 5 + string.utf8.count
        case .bytes(let bytes): 5 + bytes.count
        case .int, .timestamp, .double: 9
        case .bool: 2
        case .null: 1
        case .list(let values): values.reduce(5) { $0 + $1.encodedSize }
        case .table(let table): 1 + table.encodedSize
        }
    }
}

extension [String: FieldValue] {
    /// Bytes on the wire, its length included.
    var encodedSize: Int { reduce(4) { $0 + 1 + $1.key.utf8.count + $1.value.encodedSize } }

    /// Whether every name in it fits into a short string, and nothing is nested deeper than a reader of ours would follow.
    func isEncodable(depth: Int = 1) -> Bool {
        depth <= FieldValue.deepest && allSatisfy { $0.key.utf8.count <= 255 && $0.value.isEncodable(depth: depth) }
    }
}

extension FieldValue {
    fileprivate func isEncodable(depth: Int) -> Bool {
        switch self {
        case .table(let table): table.isEncodable(depth: depth + 1)
        case .list(let values): depth < Self.deepest && values.allSatisfy { $0.isEncodable(depth: depth + 1) }
        default: true
        }
    }
}
