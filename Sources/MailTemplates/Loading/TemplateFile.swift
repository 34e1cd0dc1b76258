/// The name of a template file: `de/order_confirmation.html.mustache`.
struct TemplateFile: Hashable, Sendable {
    enum Part: String, Sendable, CaseIterable { case subject, text, html }

    static let suffix = ".mustache"

    var locale: String
    var name: String
    var part: Part

    var path: String { "\(locale)/\(name).\(part.rawValue)\(Self.suffix)" }

    init(locale: String, name: String, part: Part) {
        self.locale = locale
        self.name = name
        self.part = part
    }

    /// `nil` where the path has another shape.
    init?(path: String) {
        let folders = path.split(separator: "/", omittingEmptySubsequences: false)
        guard folders.count == 2, folders[1].hasSuffix(Self.suffix) else { return nil }
        let parts = folders[1].dropLast(Self.suffix.count).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let part = Part(rawValue: String(parts[1])) else { return nil }
        self.init(locale: String(folders[0]), name: String(parts[0]), part: part)
    }

    /// Whether it is a mail of its own; all others are partials that mails include.
    var isMail: Bool { MailKind(rawValue: name) != nil }
}
