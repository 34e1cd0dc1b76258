internal import Commerce

/// The mails to customers: Mustache templates per locale, built in, each file replaceable by one of the operator's.
///
/// All files are checked when this is made, so that a wrong template stops the start and not, weeks later, a customer's mail.
package struct MailTemplates: Sendable {
    private let sets: [String: TemplateSet]

    /// - Parameter directory: the operator's folder with `LOCALE/NAME.PART.mustache`; each file replaces the built-in one of the same
    ///   path, new locales may be added (one like `de-AT` needs only what differs from `de`). `nil`: the built-in ones.
    /// - Throws: ``MailTemplateError`` naming file and line.
    package init(directory: String? = nil) throws(MailTemplateError) {
        var files: [TemplateFile: String] = [:]
        for (path, text) in BuiltInTemplates.files { if let file = TemplateFile(path: path) { files[file] = text } }
        if let directory { files.merge(try TemplateFolder.read(directory)) { _, own in own } }

        let names = try MailSamples.names()
        var sets: [String: TemplateSet] = [:]
        for locale in Set(files.keys.map(\.locale)) {
            guard let tag = LocaleTag(locale) else { continue }
            // The file of the exact locale wins over the language's.
            var own: [TemplateFile: String] = [:]
            for candidate in tag.chain.reversed() {
                for (file, text) in files where file.locale == candidate {
                    let inherited = TemplateFile(locale: tag.language, name: file.name, part: file.part)
                    own[inherited] = nil
                    own[file] = text
                }
            }
            sets[locale] = try TemplateSet(locale: locale, files: own, names: names)
        }
        self.sets = sets
        try tryAll()
    }

    /// Makes a mail.
    ///
    /// - Parameter locale: the reader's, BCP 47; default: the order's. Where it has no templates its language's are taken, then the
    ///   channel's, then English. Numbers and dates follow the region all the same (`de-AT` writes `€ 1.234,56`).
    /// - Throws: ``MailTemplateError`` with `amountOutOfRange`.
    package func render(_ context: MailContext, locale: String? = nil) throws(MailTemplateError) -> RenderedMail {
        let (name, set, tag) = choose(locale ?? context.order.customer.locale, context.channel.locale)
        var values = TemplateObject(try TemplateValues(context, locale: tag).all())
        let kind = context.content.kind
        let subject = PlainText.singleLine(set?.render(kind, .subject, values) ?? "")
        values.add("subject", subject)
        let text = set?.render(kind, .text, values) ?? ""
        return RenderedMail(subject: subject, text: text, html: set?.render(kind, .html, values) ?? "", locale: name)
    }

    /// The locales that have templates, sorted.
    package var locales: [String] { sets.keys.sorted() }

    /// Writes the built-in templates and their description below `directory`, to be changed there; files that exist are kept.
    ///
    /// - Returns: the paths written, sorted.
    /// - Throws: ``MailTemplateError`` with `unreadable`.
    package static func export(to directory: String) throws(MailTemplateError) -> [String] {
        try TemplateFolder.write(BuiltInTemplates.files, to: directory)
    }

    /// The templates, and the tag to format numbers with: the wanted one where it is of the same language.
    private func choose(_ wanted: String?, _ channel: String) -> (name: String, set: TemplateSet?, tag: LocaleTag) {
        for tag in [wanted, channel, "en"].compactMap({ $0.flatMap(LocaleTag.init) }) {
            for name in tag.chain { if let set = sets[name] { return (name, set, tag) } }
        }
        return ("en", sets["en"], .english)
    }

    /// Renders every sample in every locale: a mail without subject or text must be found now.
    private func tryAll() throws(MailTemplateError) {
        for locale in locales {
            for sample in MailSamples.all {
                let mail = try render(sample, locale: locale)
                for (part, text) in [(TemplateFile.Part.subject, mail.subject), (.text, mail.text), (.html, mail.html)]
                where text.allSatisfy(\.isWhitespace) {
                    let file = TemplateFile(locale: locale, name: sample.content.kind.rawValue, part: part)
                    throw .invalid(file: file.path, line: nil, problem: "it renders to nothing")
                }
            }
        }
    }
}
