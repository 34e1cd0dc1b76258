/// The names of an object's known fields, as an enum: `enum Field: String, FieldName { case orderId, lines; static let names = FieldNames<Self>() }`.
protocol FieldName: RawRepresentable<String>, CaseIterable, Sendable {
    /// At most 64: which of them were seen is a bit set.
    static var names: FieldNames<Self> { get }
}

/// The names laid out for comparing them with bytes.
struct FieldNames<Field: FieldName>: Sendable {
    private let fields: [Field]
    private let text: [UInt8]
    /// Where each name begins, and last where the text ends.
    private let starts: [Int]

    init() {
        fields = Array(Field.allCases)
        var text: [UInt8] = []
        var starts = [0]
        for field in fields {
            text.append(contentsOf: field.rawValue.utf8)
            starts.append(text.count)
        }
        self.text = text
        self.starts = starts
    }

    subscript(index: Int) -> Field { fields[index] }

    /// The index of the name that `key` spells. `guess` is tried first: fields mostly come in the order in which the contract names them.
    @inline(__always)
    func index(of key: UnsafeBufferPointer<UInt8>, guess: Int) -> Int? {
        if guess < fields.count, matches(guess, key) { return guess }
        for index in fields.indices where index != guess && matches(index, key) { return index }
        return nil
    }

    @inline(__always)
    private func matches(_ index: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = starts[index]
        guard starts[index + 1] - start == key.count else { return false }
        for offset in 0..<key.count where text[start + offset] != key[offset] { return false }
        return true
    }
}

/// No known fields at all: an object that is only read over.
enum NoField: String, FieldName {
    case none = "\u{0}none"

    static let names = FieldNames<NoField>()
}
