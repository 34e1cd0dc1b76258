import MailTemplates
import Testing

@Suite struct TemplateCheckTests {
    @Test(
        arguments: [
            ("en/order_confirmation.html.mustache", "\n\n{{odrer.id}}", 3, "there is no odrer"),
            ("en/order_confirmation.text.mustache", "{{parcel.carrier}}", 1, "there is no parcel"),
            ("en/order_confirmation.html.mustache", "x\n{{#order}}\nopen", nil, "a section is not closed"),
            ("en/order_confirmation.html.mustache", "x\n{{#order}}{{/other}}", 2, "a section is closed that is not the one open"),
            ("en/order_confirmation.html.mustache", "{{{customer.name}}}", 1, "unescaped"),
            ("en/order_confirmation.html.mustache", "\n{{& customer.name}}", 2, "unescaped"),
            ("en/order_confirmation.html.mustache", "{{> nowhere}}", 1, "no partial nowhere"),
            ("en/footer.html.mustache", "{{> footer}}", 1, "includes itself"),
            ("en/footer.text.mustache", "{{> header}}{{> address}}", nil, nil),
            ("en/address.text.mustache", "{{> footer}}", nil, nil),
            ("en/order_confirmation.html.mustache", "{{=<% %>=}}", 1, "only variables"),
            ("en/order_confirmation.html.mustache", "{{% CONTENT_TYPE:TEXT}}", 1, "only variables"),
            ("en/order_confirmation.subject.mustache", " \n", nil, "renders to nothing"),
            ("en/ordre_confirmation.subject.mustache", "x", nil, "no mail is called so"),
            ("en/order_confirmation.mustache", "x", nil, "the name must be"),
            ("english/order_confirmation.subject.mustache", "x", nil, "the name must be"),
            ("fr/order_confirmation.subject.mustache", "x", nil, "is missing"),
        ] as [(String, String, Int?, String?)]
    ) func wrong_templates_stop_the_start(_ file: String, _ text: String, _ line: Int?, _ problem: String?) throws {
        try withFolder([file: text]) { folder in
            guard let problem else {
                _ = try MailTemplates(directory: folder)
                return
            }
            let error = try #require(throws: MailTemplateError.self) { try MailTemplates(directory: folder) }
            #expect(error.description.contains(problem), "\(error)")
            if !problem.contains("missing") { #expect(error.description.contains(file), "\(error)") }
            if let line { #expect(error.description.contains("line \(line):"), "\(error)") }
        }
    }

    @Test func two_partials_that_include_each_other_are_found() throws {
        try withFolder(["en/address.text.mustache": "{{> items}}", "en/items.text.mustache": "{{> address}}"]) { folder in
            #expect(throws: MailTemplateError.self) { try MailTemplates(directory: folder) }
        }
    }

    @Test func a_region_needs_only_what_differs() throws {
        try withFolder(["de-AT/order_confirmation.subject.mustache": "Servus: {{order.id}}", "de-AT/notes.md": "mine"]) { folder in
            let templates = try MailTemplates(directory: folder)
            #expect(templates.locales == ["de", "de-AT", "en"])
            let mail = try templates.render(MailSamples.all[0], locale: "de-AT")
            #expect(mail.subject == "Servus: 100042" && mail.locale == "de-AT")
            #expect(mail.text.hasPrefix("Guten Tag"))
            #expect(try templates.render(MailSamples.all[0], locale: "de-DE").subject == "Ihre Bestellung 100042")
        }
    }

    @Test func a_folder_that_is_not_there_is_told() throws {
        let error = try #require(throws: MailTemplateError.self) { try MailTemplates(directory: "/nowhere/at/all") }
        #expect(error == .unreadable(path: "/nowhere/at/all"))
    }
}
