/// An object being read.
struct ObjectCursor {
    /// Bit per known field.
    fileprivate var seen: UInt64 = 0
    /// The known field that probably comes next.
    fileprivate var guess = 0
    fileprivate var isFirst = true
    /// Where this object's part of the reader's `unknownKeys` begins.
    fileprivate let firstUnknown: Int
    /// This object's unknown keys, once they are too many to be compared one by one.
    fileprivate var unknown: Set<[UInt8]> = []
}

/// An array being read.
struct ArrayCursor {
    /// The element at hand.
    fileprivate(set) var index = -1
}

extension JSONReader {
    mutating func beginObject() throws(MessageRefusal) -> ObjectCursor {
        guard try peekValue() == UInt8(ascii: "{") else { throw wrongType("must be an object") }
        try enter()
        return ObjectCursor(firstUnknown: unknownKeys.count)
    }

    /// Goes on to the next known field, whose value must be read then; `nil` at the object's end. Reads over unknown fields; refuses duplicates of both.
    mutating func nextField<Field: FieldName>(_ names: FieldNames<Field>, _ object: inout ObjectCursor) throws(MessageRefusal) -> Field? {
        while let key = try nextMember(&object) {
            if let known = withContent(of: key, { names.index(of: $0, guess: object.guess) }) {
                let bit: UInt64 = 1 << UInt64(known)
                guard object.seen & bit == 0 else { throw duplicateKey() }
                object.seen |= bit
                object.guess = known + 1
                return names[known]
            }
            try note(unknown: key, &object)
            try skipValue()
        }
        return nil
    }

    /// Goes on to the next member of an object whose keys are free, whose value must be read then; `nil` at the object's end. Refuses duplicates.
    mutating func nextKey(_ object: inout ObjectCursor) throws(MessageRefusal) -> StringToken? {
        guard let key = try nextMember(&object) else { return nil }
        try note(unknown: key, &object)
        return key
    }

    /// Reads a key and its colon, or the object's end.
    @inline(__always)
    private mutating func nextMember(_ object: inout ObjectCursor) throws(MessageRefusal) -> StringToken? {
        skipWhitespace()
        guard position < end else { throw endsEarly() }
        if !object.isFirst { path.removeLast() }
        if bytes[position] == UInt8(ascii: "}") {
            if unknownKeys.count > object.firstUnknown { unknownKeys.removeSubrange(object.firstUnknown...) }
            leave()
            return nil
        }
        if object.isFirst {
            object.isFirst = false
        } else {
            guard bytes[position] == UInt8(ascii: ",") else { throw invalidJSON("A comma or a closing brace is missing.") }
            position += 1
            skipWhitespace()
            guard position < end else { throw endsEarly() }
        }
        guard bytes[position] == UInt8(ascii: "\"") else { throw invalidJSON("A key must be a string.") }
        let keyStart = position + 1
        let key = try scanString()
        path.append(.key(keyStart..<(position - 1)))
        skipWhitespace()
        guard position < end else { throw endsEarly() }
        guard bytes[position] == UInt8(ascii: ":") else { throw invalidJSON("A colon is missing after a key.") }
        position += 1
        return key
    }

    mutating func beginArray() throws(MessageRefusal) -> ArrayCursor {
        guard try peekValue() == UInt8(ascii: "[") else { throw wrongType("must be a list") }
        try enter()
        return ArrayCursor()
    }

    /// Goes on to the next element, whose value must be read then; `false` at the array's end.
    mutating func nextElement(_ array: inout ArrayCursor) throws(MessageRefusal) -> Bool {
        skipWhitespace()
        guard position < end else { throw endsEarly() }
        if array.index < 0 {
            if bytes[position] == UInt8(ascii: "]") {
                leave()
                return false
            }
        } else {
            path.removeLast()
            if bytes[position] == UInt8(ascii: "]") {
                leave()
                return false
            }
            guard bytes[position] == UInt8(ascii: ",") else { throw invalidJSON("A comma or a closing bracket is missing.") }
            position += 1
        }
        array.index += 1
        path.append(.element(array.index))
        return true
    }

    /// Reads over a value of any kind, checking it as strictly as any other.
    mutating func skipValue() throws(MessageRefusal) {
        switch try peekValue() {
        case UInt8(ascii: "\""): _ = try scanString()
        case UInt8(ascii: "{"):
            var object = try beginObject()
            while try nextField(NoField.names, &object) != nil { try skipValue() }
        case UInt8(ascii: "["):
            var array = try beginArray()
            while try nextElement(&array) { try skipValue() }
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber()
        case 0xEF where position == 0: throw invalidJSON("The text begins with a byte order mark.")
        default: throw invalidJSON("This is no JSON value.")
        }
    }

    private mutating func enter() throws(MessageRefusal) {
        depth += 1
        guard depth <= Self.maximumDepth else { throw invalidJSON("The text is nested deeper than \(Self.maximumDepth) levels.") }
        position += 1
    }

    private mutating func leave() {
        depth -= 1
        position += 1
    }

    private func duplicateKey() -> MessageRefusal { invalidJSON("The object has this key twice.") }

    /// Remembers a key that is not among the known ones. Few are compared one by one; many, or escaped ones, by a hash that an attacker cannot foresee.
    private mutating func note(unknown key: StringToken, _ object: inout ObjectCursor) throws(MessageRefusal) {
        let count = unknownKeys.count - object.firstUnknown
        if object.unknown.isEmpty, !key.isEscaped, count < 16 {
            for other in unknownKeys[object.firstUnknown...] where other.count == key.range.count {
                if bytes[other].elementsEqual(bytes[key.range]) { throw duplicateKey() }
            }
            unknownKeys.append(key.range)
            return
        }
        if object.unknown.isEmpty {
            for other in unknownKeys[object.firstUnknown...] { object.unknown.insert(Array(bytes[other])) }
        }
        let content = withContent(of: key) { Array($0) }
        guard object.unknown.insert(content).inserted else { throw duplicateKey() }
    }
}
