/// A strict pull reader over the received bytes of one JSON text (RFC 8259): values are read straight into structs, in one pass, without a tree.
///
/// It refuses what lenient readers let pass: duplicate keys (also inside fields nobody asked for), invalid UTF-8, lone
/// surrogates, numbers a double cannot hold, control characters, a byte order mark, nesting over 64 levels, anything after the value.
/// Every refusal carries the JSON Pointer (RFC 6901) of the place. No message ever repeats a value: values may be personal data.
struct JSONReader: ~Copyable {
    /// Levels of objects and arrays (contract, section 1).
    static let maximumDepth = 64

    let bytes: [UInt8]
    /// Where the text ends; the reader may look at a part of the bytes only.
    let end: Int
    var position: Int
    var depth: Int
    /// The pointer's steps from the text's root to the value at hand.
    var path: [PathStep] = []
    /// The content of the last string that had escapes in it.
    var scratch: [UInt8] = []
    /// The keys, not among the known ones, of all objects that are open right now, outermost first.
    var unknownKeys: [Range<Int>] = []
    /// What the pointers begin with, where the text is a part of another one.
    let pointerPrefix: String

    init(_ bytes: [UInt8]) {
        self.init(bytes, range: 0..<bytes.count, depth: 0, pointerPrefix: "")
    }

    /// Reads a part of a text: the value that stands at `range`, `depth` levels deep, at the place `pointerPrefix`.
    init(_ bytes: [UInt8], range: Range<Int>, depth: Int, pointerPrefix: String) {
        self.bytes = bytes
        position = range.lowerBound
        end = min(range.upperBound, bytes.count)
        self.depth = depth
        self.pointerPrefix = pointerPrefix
        path.reserveCapacity(8)
    }

    /// Demands that nothing but white space is left.
    mutating func finish() throws(MessageRefusal) {
        skipWhitespace()
        guard position == end else { throw invalidJSON("Nothing may follow the JSON value.") }
    }

    @inline(__always)
    mutating func skipWhitespace() {
        while position < end {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The first byte of the next value, which stays unread.
    mutating func peekValue() throws(MessageRefusal) -> UInt8 {
        skipWhitespace()
        guard position < end else { throw endsEarly() }
        return bytes[position]
    }

    /// Reads `true` or `false`.
    mutating func bool() throws(MessageRefusal) -> Bool {
        switch try peekValue() {
        case UInt8(ascii: "t"):
            try literal("true")
            return true
        case UInt8(ascii: "f"):
            try literal("false")
            return false
        default:
            throw wrongType("must be true or false")
        }
    }

    mutating func literal(_ word: StaticString) throws(MessageRefusal) {
        let length = word.utf8CodeUnitCount
        guard end - position >= length else { throw invalidJSON("This is no JSON value.") }
        for offset in 0..<length where bytes[position + offset] != word.utf8Start[offset] {
            throw invalidJSON("This is no JSON value.")
        }
        position += length
    }
}

// MARK: - Faults

extension JSONReader {
    /// The text breaks the rules of JSON itself.
    func invalidJSON(_ sentence: String) -> MessageRefusal {
        MessageRefusal(.invalidJSON, path: pointer(), sentence)
    }

    func endsEarly() -> MessageRefusal { invalidJSON("The JSON text ends too early.") }

    /// The value at hand is JSON, but not what the contract says: `demand` continues "The value …".
    func invalidField(_ demand: String) -> MessageRefusal {
        MessageRefusal(.invalidField, path: pointer(), "The value \(demand).")
    }

    /// The member `name` of the object just read is what is wrong.
    func invalidMember(_ name: String, _ demand: String) -> MessageRefusal {
        MessageRefusal(.invalidField, path: pointer() + "/" + JSONPointer.escaped(name), "The value \(demand).")
    }

    /// Reads over a value of the wrong type, so that broken JSON is called broken JSON, and gives the refusal.
    mutating func wrongType(_ demand: String) -> MessageRefusal {
        do throws(MessageRefusal) {
            try skipValue()
        } catch {
            return error
        }
        return invalidField(demand)
    }

    /// Gives the value, or refuses because the object just read lacks it.
    func required<Value>(_ value: Value?, _ name: StaticString) throws(MessageRefusal) -> Value {
        guard let value else {
            throw MessageRefusal(.invalidField, path: pointer() + "/\(name)", "The field is required.")
        }
        return value
    }
}
