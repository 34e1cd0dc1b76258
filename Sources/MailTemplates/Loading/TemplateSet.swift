internal import Mustache

/// The compiled templates of one locale.
struct TemplateSet: Sendable {
    private let libraries: [TemplateFile.Part: MustacheLibrary]

    /// Registers what the compiled templates name; once per process is enough.
    private static let registration: Void = MustacheContentTypes.register(StrictHTML(), named: StrictHTML.name)

    /// Checks and compiles.
    ///
    /// - Parameters:
    ///   - files: those of one locale and, for what it lacks, of its language.
    ///   - names: what each kind of mail offers to its templates.
    init(locale: String, files: [TemplateFile: String], names: [MailKind: Set<String>]) throws(MailTemplateError) {
        _ = Self.registration
        var libraries: [TemplateFile.Part: MustacheLibrary] = [:]
        for part in TemplateFile.Part.allCases {
            var byName: [String: (file: TemplateFile, text: String)] = [:]
            for (file, text) in files where file.part == part { byName[file.name] = (file, text) }
            for kind in MailKind.allCases where byName[kind.rawValue] == nil {
                let missing = TemplateFile(locale: locale, name: kind.rawValue, part: part)
                throw MailTemplateError.invalid(file: missing.path, line: nil, problem: "it is missing")
            }
            var library = MustacheLibrary()
            for (name, entry) in byName { library.register(try Self.compile(entry.text, entry.file), named: name) }
            try TemplateCheck(files: byName, names: names).run()
            libraries[part] = library
        }
        self.libraries = libraries
    }

    func render(_ kind: MailKind, _ part: TemplateFile.Part, _ values: TemplateObject) -> String {
        libraries[part]?.render(values, withTemplate: kind.rawValue) ?? ""
    }

    private static func compile(_ text: String, _ file: TemplateFile) throws(MailTemplateError) -> MustacheTemplate {
        // On a line of its own: beside it, a section or partial on the first line would leave an empty line in the mail.
        let pragma = "{{% CONTENT_TYPE:\(file.part == .html ? StrictHTML.name : "TEXT")}}\n"
        do {
            return try MustacheTemplate(string: pragma + text)
        } catch let error as MustacheTemplate.ParserError {
            throw .invalid(file: file.path, line: error.context.lineNumber - 1, problem: problem(error.error))
        } catch {
            throw .invalid(file: file.path, line: nil, problem: "it cannot be read")
        }
    }

    private static func problem(_ error: any Error) -> String {
        switch error as? MustacheTemplate.Error {
        case .sectionCloseNameIncorrect: "a section is closed that is not the one open"
        case .unfinishedName: "a tag is not closed, or its name has a sign that no name may have"
        case .expectedSectionEnd: "a section is not closed"
        default: "it is no Mustache template"
        }
    }
}
