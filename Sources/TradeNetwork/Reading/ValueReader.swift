internal import Commerce
internal import Yams

/// Takes one value of the document as what it should be, and reports at its place what is wrong with it.
///
/// A getter that has reported a fault returns `nil`, so that reading goes on and finds the rest.
struct ValueReader {
    let node: Node
    let path: String
    let faults: FaultList

    func fault(_ code: NetworkFault.Code, _ reason: String) {
        faults.add(code, at: node, path, reason)
    }

    /// Text as it is written: quoted, or plain and of no other YAML type. Checked with `rule`.
    func text(_ rule: TextRule) -> String? {
        guard case .scalar(let scalar) = node else {
            fault(.invalidField, "Text is wanted here.")
            return nil
        }
        guard node.tag == Tag(.str) else {
            let hint = scalar.string.isEmpty ? "it has no value; leave the key out" : "put \(scalar.string.clipped) in quotes"
            fault(.invalidField, "Text is wanted here: \(hint).")
            return nil
        }
        return checked(scalar.string, rule)
    }

    /// What cannot be taken for anything else, quoted or not: YAML reads a plain 2026-12-25 or 14:00 as types of its own.
    private func literal(_ rule: TextRule) -> String? {
        guard case .scalar(let scalar) = node, [Tag(.str), Tag(.timestamp), Tag(.int)].contains(node.tag) else {
            fault(.invalidField, "Text is wanted here.")
            return nil
        }
        return checked(scalar.string, rule)
    }

    private func checked(_ text: String, _ rule: TextRule) -> String? {
        guard let complaint = rule.complaint(text) else { return text }
        fault(rule.code, "\"\(text.clipped)\" \(complaint).")
        return nil
    }

    /// A day of the calendar, quoted or not.
    func date() -> CivilDate? { literal(.date).flatMap(CivilDate.init(iso8601:)) }

    /// A moment of RFC 3339, quoted or not.
    func moment() -> Timestamp? { literal(.moment).flatMap { Timestamp(rfc3339: $0) } }

    /// A time of day, quoted or not, as minutes after midnight.
    func clock() -> Int64? { literal(.clock).flatMap(TextRule.minute(ofClock:)) }

    /// A whole number in plain decimal digits.
    func integer(_ range: ClosedRange<Int64>) -> Int64? {
        guard let digits = plain("A whole number") else { return nil }
        let unsigned = digits.hasPrefix("-") ? digits.dropFirst() : digits[...]
        let isPlain = !unsigned.isEmpty && unsigned.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } && (unsigned == "0" || unsigned.first != "0")
        guard isPlain, let value = Int64(digits) else {
            fault(.invalidField, "A whole number in decimal digits is wanted here, not \(digits.clipped).")
            return nil
        }
        guard range.contains(value) else {
            fault(.invalidField, "\(value) is out of range: \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return value
    }

    /// Degrees: digits with at most one point.
    func degrees(_ range: ClosedRange<Double>) -> Double? {
        guard let digits = plain("A number") else { return nil }
        let isPlain = digits.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        guard isPlain, let value = Double(digits) else {
            fault(.invalidField, "A decimal number is wanted here, not \(digits.clipped).")
            return nil
        }
        guard range.contains(value) else {
            fault(.invalidField, "\(digits.clipped) is out of range: \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return value
    }

    /// `true` or `false`, nothing else.
    func flag() -> Bool? {
        switch plain("true or false") {
        case "true": return true
        case "false": return false
        case nil: return nil
        default:
            fault(.invalidField, "true or false is wanted here.")
            return nil
        }
    }

    /// One of an enumeration's raw values.
    func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Choice? where Choice.RawValue == String {
        guard let raw = text(.anything) else { return nil }
        if let value = Choice(rawValue: raw) { return value }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        fault(.invalidField, "\"\(raw.clipped)\" is none of \(known).")
        return nil
    }

    /// The entries of a list, each a value of its own.
    func list() -> [ValueReader]? {
        guard case .sequence(let sequence) = node else {
            fault(.invalidField, "A list is wanted here.")
            return nil
        }
        return sequence.enumerated().map { ValueReader(node: $1, path: "\(path)[\($0)]", faults: faults) }
    }

    /// The entries of a list; a value that is none stands for a list of one.
    var entries: [ValueReader] {
        guard case .sequence = node else { return [self] }
        return list() ?? []
    }

    /// A list of at least one entry, none of them twice.
    func set<Element: Hashable>(_ read: (ValueReader) -> Element?) -> [Element]? { list().map { distinct($0, read) } }

    /// The same, where a single entry may stand alone.
    func oneOrMore<Element: Hashable>(_ read: (ValueReader) -> Element?) -> [Element] { distinct(entries, read) }

    /// The same of texts that strangers gave, such as customer ids: two are equal where their bytes are.
    func oneOrMoreExact(_ rule: TextRule) -> [String] { oneOrMore { $0.text(rule).map { ExactID($0) } }.map(\.text) }

    private func distinct<Element: Hashable>(_ entries: [ValueReader], _ read: (ValueReader) -> Element?) -> [Element] {
        if entries.isEmpty { fault(.invalidField, "The list is empty; leave the key out.") }
        var seen: Set<Element> = []
        return entries.compactMap { entry in
            guard let value = read(entry) else { return nil }
            guard seen.insert(value).inserted else {
                entry.fault(.duplicateEntry, "This stands in the list twice.")
                return nil
            }
            return value
        }
    }

    var isMapping: Bool { node.mapping != nil }
    var isEmptyMapping: Bool { node.mapping?.isEmpty ?? false }

    /// A mapping with no other keys than `allowed`.
    func object(_ allowed: [String]) -> ObjectReader? { ObjectReader(node, path: path, allowed: allowed, faults: faults) }

    /// A mapping of at least one attribute, whose names are the author's own, to whatever it says of it.
    func attributes() -> ObjectReader? {
        guard let object = ObjectReader(node, path: path, keys: .attribute, faults: faults) else { return nil }
        if isEmptyMapping { fault(.invalidField, "No attribute stands here; leave the key out.") }
        return object
    }

    private func plain(_ wanted: String) -> String? {
        guard case .scalar(let scalar) = node, scalar.style == .plain, scalar.tag == .implicit else {
            fault(.invalidField, "\(wanted) is wanted here, without quotes.")
            return nil
        }
        return scalar.string
    }
}

extension String {
    /// Short enough to be repeated in a sentence, without control characters.
    var clipped: String {
        let head = String(String.UnicodeScalarView(unicodeScalars.prefix(40).map { $0.properties.generalCategory == .control ? " " : $0 }))
        return unicodeScalars.count > 40 ? head + "…" : head
    }
}
