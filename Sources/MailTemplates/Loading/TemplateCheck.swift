/// Finds what would silently leave a hole in a mail: names that nothing fills, partials that are not there or include themselves.
struct TemplateCheck {
    /// All files of one locale and part, by name.
    let files: [String: (file: TemplateFile, text: String)]
    /// The names each kind of mail offers.
    let names: [MailKind: Set<String>]

    func run() throws(MailTemplateError) {
        var used: Set<String> = []
        for kind in MailKind.allCases { try visit(kind.rawValue, of: kind, from: [], used: &used) }
        for (name, entry) in files.sorted(by: { $0.key < $1.key }) where !used.contains(name) {
            throw Self.error(entry.file, nil, "no mail is called so and no mail includes it")
        }
    }

    private func visit(_ name: String, of kind: MailKind, from path: [String], used: inout Set<String>) throws(MailTemplateError) {
        guard let (file, text) = files[name] else { return }
        used.insert(name)
        for tag in TemplateTag.all(in: text) {
            switch tag.kind {
            case .comment, .end: break
            case .unsupported: throw Self.error(file, tag.line, "only variables, sections, partials and comments are offered")
            case .unescaped:
                throw Self.error(file, tag.line, "{{{…}}} and {{&…}} would let texts of customers into the mail unescaped; use {{…}}")
            case .partial:
                guard files[tag.name] != nil else { throw Self.error(file, tag.line, "there is no partial \(tag.name)") }
                guard !path.contains(tag.name), tag.name != name else { throw Self.error(file, tag.line, "\(tag.name) includes itself") }
                try visit(tag.name, of: kind, from: path + [name], used: &used)
            case .variable, .section, .inverted:
                let known = names[kind] ?? []
                if let unknown = tag.variables.first(where: { !known.contains($0) }) {
                    throw Self.error(file, tag.line, "there is no \(unknown) in the mail \(kind.rawValue)")
                }
            }
        }
    }

    private static func error(_ file: TemplateFile, _ line: Int?, _ problem: String) -> MailTemplateError {
        .invalid(file: file.path, line: line, problem: problem)
    }
}
