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
        let known = Set(allowed)
        self.init(node, path: path, faults: faults) { key in
            known.contains(key)
                ? nil : (.unknownKey, "The key \"\(key.clipped)\" is not known here; known are \(allowed.joined(separator: ", ")).")
        }
    }

    /// A mapping whose keys are the author's own words, each as `rule` has it.
    init?(_ node: Node, path: String, keys rule: TextRule, faults: FaultList) {
        self.init(node, path: path, faults: faults) { key in
            rule.complaint(key).map { (rule.code, "The key \"\(key.clipped)\" \($0).") }
        }
    }

    private init?(_ node: Node, path: String, faults: FaultList, complaint: (String) -> (NetworkFault.Code, String)?) {
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
            if let (code, reason) = complaint(name.string) {
                faults.add(code, at: key, path, reason)
                continue
            }
            guard fields.updateValue(value, forKey: name.string) == nil else {
                faults.add(.duplicateKey, at: key, path, "The key \"\(name.string.clipped)\" stands here twice.")
                continue
            }
        }
        self.fields = fields
    }

    func field(_ key: String) -> Node? { fields[key] }

    /// The keys that stand here, sorted.
    var keys: [String] { fields.keys.sorted() }

    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// Reports `reason` at the key's value, or at the mapping where the key is absent.
    func fault(_ code: NetworkFault.Code, _ key: String, _ reason: String) {
        faults.add(code, at: fields[key] ?? node, path(of: key), reason)
    }

    /// Reports `reason` at the mapping itself.
    func fault(_ code: NetworkFault.Code, _ reason: String) { faults.add(code, at: node, path, reason) }

    /// The key's value, whatever it is; a fault where it is `required` and absent.
    func value(_ key: String, required: Bool = false) -> ValueReader? {
        if let node = fields[key] { return ValueReader(node: node, path: path(of: key), faults: faults) }
        if required { faults.add(.missingKey, at: node, path(of: key), "The key \"\(key)\" is missing.") }
        return nil
    }

    /// As `ValueReader.text`.
    func text(_ key: String, required: Bool = false, _ rule: TextRule) -> String? { value(key, required: required)?.text(rule) }

    /// As `ValueReader.integer`.
    func integer(_ key: String, required: Bool = false, _ range: ClosedRange<Int64>) -> Int64? {
        value(key, required: required)?.integer(range)
    }

    /// As `ValueReader.degrees`.
    func degrees(_ key: String, _ range: ClosedRange<Double>) -> Double? { value(key)?.degrees(range) }

    /// As `ValueReader.flag`.
    func flag(_ key: String) -> Bool? { value(key)?.flag() }

    /// As `ValueReader.choice`.
    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, required: Bool = false, _ type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        value(key, required: required)?.choice(type)
    }

    /// A list of objects, no two of them with the same key; `named` says that key in a sentence.
    func entries<Entry, Key: Hashable>(
        _ key: String,
        by identity: (Entry) -> Key,
        named: (Entry) -> String,
        _ read: (ValueReader) -> Entry?
    ) -> [Entry] {
        var seen: [Key: String] = [:]
        return (value(key)?.list() ?? []).compactMap { item in
            guard let entry = read(item) else { return nil }
            guard let first = seen.updateValue(item.path, forKey: identity(entry)) else { return entry }
            seen[identity(entry)] = first
            item.fault(.duplicateEntry, "\(first) is already \(named(entry)).")
            return nil
        }
    }

    /// Attributes: the author's own names, each with a text.
    func attributes(_ key: String) -> [String: String]? {
        guard let object = value(key)?.attributes() else { return nil }
        return Dictionary(object.keys.compactMap { name in object.text(name, .attributeValue).map { (name, $0) } }) { first, _ in first }
    }
}
