internal import Yams

/// Takes the fields of one mapping, each once, and reports every one that is missing, unknown or of the wrong kind.
///
/// A getter that has reported a fault returns `nil`, so that reading goes on and finds the rest.
struct ObjectReader {
    let node: Node
    let path: String
    let faults: FaultList
    private let fields: [String: Node]

    /// `nil` where the node is no mapping. Keys other than `allowed` are faults.
    init?(_ node: Node, path: String, allowed: [String], faults: FaultList) {
        self.node = node
        self.path = path
        self.faults = faults
        guard case .mapping(let mapping) = node else {
            faults.add(.invalidField, at: node, path, "A mapping of keys to values is wanted here.")
            return nil
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            guard case .scalar(let name) = key else {
                faults.add(.unknownKey, at: key, path, "A key must be a plain word.")
                continue
            }
            guard allowed.contains(name.string) else {
                faults.add(
                    .unknownKey,
                    at: key,
                    path,
                    "The key \"\(name.string.clipped)\" is not known here; known are \(allowed.joined(separator: ", "))."
                )
                continue
            }
            guard fields.updateValue(value, forKey: name.string) == nil else {
                faults.add(.duplicateKey, at: key, path, "The key \"\(name.string)\" stands here twice.")
                continue
            }
        }
        self.fields = fields
    }

    func field(_ key: String) -> Node? { fields[key] }

    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// Reports `reason` at the key's value, or at the mapping where the key is absent.
    func fault(_ code: NetworkFault.Code, _ key: String, _ reason: String) {
        faults.add(code, at: fields[key] ?? node, path(of: key), reason)
    }

    /// Text as it is written: quoted, or plain and of no other YAML type. Checked with `rule`.
    func text(_ key: String, required: Bool = false, _ rule: TextRule) -> String? {
        guard let node = present(key, required) else { return nil }
        guard case .scalar(let scalar) = node else {
            fault(.invalidField, key, "Text is wanted here.")
            return nil
        }
        guard node.tag == Tag(.str) else {
            let hint = scalar.string.isEmpty ? "it has no value; leave the key out" : "put \(scalar.string.clipped) in quotes"
            fault(.invalidField, key, "Text is wanted here: \(hint).")
            return nil
        }
        guard let complaint = rule.complaint(scalar.string) else { return scalar.string }
        fault(rule.code, key, "\"\(scalar.string.clipped)\" \(complaint).")
        return nil
    }

    /// A whole number in plain decimal digits.
    func integer(_ key: String, _ range: ClosedRange<Int64>) -> Int64? {
        guard let digits = plain(key, "A whole number") else { return nil }
        let unsigned = digits.hasPrefix("-") ? digits.dropFirst() : digits[...]
        let isPlain = !unsigned.isEmpty && unsigned.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } && (unsigned == "0" || unsigned.first != "0")
        guard isPlain, let value = Int64(digits) else {
            fault(.invalidField, key, "A whole number in decimal digits is wanted here, not \(digits.clipped).")
            return nil
        }
        guard range.contains(value) else {
            fault(.invalidField, key, "\(value) is out of range: \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return value
    }

    /// Degrees: digits with at most one point.
    func degrees(_ key: String, _ range: ClosedRange<Double>) -> Double? {
        guard let digits = plain(key, "A number") else { return nil }
        let isPlain = digits.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        guard isPlain, let value = Double(digits) else {
            fault(.invalidField, key, "A decimal number is wanted here, not \(digits.clipped).")
            return nil
        }
        guard range.contains(value) else {
            fault(.invalidField, key, "\(digits.clipped) is out of range: \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return value
    }

    /// `true` or `false`, nothing else.
    func flag(_ key: String) -> Bool? {
        switch plain(key, "true or false") {
        case "true": return true
        case "false": return false
        case nil: return nil
        default:
            fault(.invalidField, key, "true or false is wanted here.")
            return nil
        }
    }

    /// One of an enumeration's raw values.
    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, required: Bool = false, _ type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let raw = text(key, required: required, .anything) else { return nil }
        if let value = Choice(rawValue: raw) { return value }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        fault(.invalidField, key, "\"\(raw.clipped)\" is none of \(known).")
        return nil
    }

    private func present(_ key: String, _ required: Bool) -> Node? {
        if let node = fields[key] { return node }
        if required { faults.add(.missingKey, at: node, path(of: key), "The key \"\(key)\" is missing.") }
        return nil
    }

    private func plain(_ key: String, _ wanted: String) -> String? {
        guard let node = fields[key] else { return nil }
        guard case .scalar(let scalar) = node, scalar.style == .plain, scalar.tag == .implicit else {
            fault(.invalidField, key, "\(wanted) is wanted here, without quotes.")
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
