internal import Yams

/// A YAML text of one document, parsed within bounds.
///
/// The parser library resolves aliases itself and hashes the keys of every mapping, so nested aliases in a key would take
/// exponential time there. What could be an alias is therefore counted before parsing, whatever it turns out to be, and
/// anything with an anchor is refused after. Nesting is bounded to 1,000 levels by libyaml.
struct YAMLDocument {
    /// At most 3^(32/3) ≈ 130,000 nodes can be reached through so many aliases.
    private static let maximumAliasCandidates = 32

    private let root: Node
    /// Nodes hold their anchors weakly; the parser owns them.
    private let parser: Parser

    init(_ text: String) throws(NetworkFileError) {
        guard text.utf8.count <= NetworkFile.maximumBytes else {
            throw Self.error(.tooLarge, "The file is larger than \(NetworkFile.maximumBytes) bytes.")
        }
        guard Self.aliasCandidates(in: text) <= Self.maximumAliasCandidates else {
            throw Self.error(.invalidYAML, "Aliases (*name) are not taken; write the values out.")
        }
        do {
            parser = try Parser(yaml: text, encoding: .utf8)
            guard let root = try parser.singleRoot() else {
                throw Self.error(.invalidYAML, "The file is empty.")
            }
            self.root = root
        } catch let error as NetworkFileError {
            throw error
        } catch let error as YamlError {
            throw Self.error(error, in: text)
        } catch {
            throw Self.error(.invalidYAML, "The file cannot be read as YAML.")
        }
        if let anchored = Self.firstAnchor(in: root) {
            throw Self.error(
                .invalidYAML,
                at: Self.place(anchored.mark, in: text),
                "Anchors (&name) and aliases (*name) are not taken; write the values out."
            )
        }
    }

    /// The nodes live only within `body`.
    func withRoot<Result>(_ body: (Node) -> Result) -> Result {
        withExtendedLifetime(parser) { body(root) }
    }

    private static func aliasCandidates(in text: String) -> Int {
        var count = 0
        var afterStar = false
        for byte in text.utf8 {
            if afterStar, byte != UInt8(ascii: " "), byte != UInt8(ascii: "*"), byte != UInt8(ascii: "\n") { count += 1 }
            afterStar = byte == UInt8(ascii: "*")
        }
        return count
    }

    private static func firstAnchor(in node: Node) -> Node? {
        guard node.anchor == nil else { return node }
        switch node {
        case .scalar, .alias: return nil
        case .sequence(let sequence):
            return sequence.lazy.compactMap { firstAnchor(in: $0) }.first
        case .mapping(let mapping):
            return mapping.lazy.compactMap { firstAnchor(in: $0.key) ?? firstAnchor(in: $0.value) }.first
        }
    }

    private static let beginning = EditorLines.Place(line: 1, column: 1)

    private static func place(_ mark: Mark?, in text: String) -> EditorLines.Place {
        mark.map { EditorLines(text).place(line: $0.line, column: $0.column) } ?? beginning
    }

    private static func error(
        _ code: NetworkFault.Code,
        at place: EditorLines.Place = beginning,
        _ reason: String
    ) -> NetworkFileError {
        NetworkFileError(faults: [NetworkFault(code: code, line: place.line, column: place.column, path: "", reason: reason)])
    }

    private static func error(_ error: YamlError, in text: String) -> NetworkFileError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            return Self.error(.invalidYAML, at: place(mark, in: text), "This is not YAML: \(problem).")
        case .composer(_, let problem, let mark, _):
            let several = problem.contains("another document")
            return Self.error(
                .invalidYAML,
                at: place(mark, in: text),
                several ? "A second document begins here; a file holds one." : "This is not YAML: \(problem)."
            )
        case .duplicatedKeysInMapping(let keys, let context):
            return Self.error(
                .duplicateKey,
                at: place(context.mark, in: text),
                "The key \(keys.map { "\"\($0.clipped)\"" }.joined(separator: ", ")) stands here twice."
            )
        case .reader(let problem, _, _, _):
            return Self.error(.invalidYAML, at: EditorLines.firstForbidden(in: text) ?? beginning, "This is not YAML: \(problem).")
        default:
            return Self.error(.invalidYAML, "The file cannot be read as YAML.")
        }
    }
}
