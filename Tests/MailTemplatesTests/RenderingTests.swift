import Commerce
import MailTemplates
import Testing

@Suite struct RenderingTests {
    private static let nasty: [String] = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "\"\u{301} onmouseover=x", "<\u{200D}b>",
        "&amp; &lt;",
        "{{order.id}} {{> footer}} {{/order}}", "line\nSubject: spoofed\r\nBcc: x\u{2028}y\u{0}z", "שלום \u{202E}evil", "👨‍👩‍👧‍👦", "",
        String(repeating: "x", count: 10_000),
    ]

    private func sample(_ index: Int, with text: String) -> MailContext {
        var sample = MailSamples.all[index]
        sample.order.orderID = text
        sample.order.customer.name = text
        sample.order.shippingAddress = Address(name: text, street: text, postalCode: text, city: text, country: "CH")
        sample.order.lines[0].name = text
        sample.order.lines[0].sku = text
        sample.order.discounts[0].name = text
        sample.seller.name = text
        sample.seller.email = text
        sample.pickupLocationName = text
        sample.pickupAddress?.street = text
        let item = MailItem(sku: text, name: text, quantity: 1)
        let parcel = MailParcel(carrier: text, trackingNumber: text, trackingURL: text, items: [item])
        switch sample.content {
        case .orderConfirmation: break
        case .orderBackordered: sample.content = .orderBackordered(waiting: [item])
        case .shipmentDispatched: sample.content = .shipmentDispatched(parcel, remaining: [item])
        case .shipmentDelivered: sample.content = .shipmentDelivered(parcel, remaining: [item])
        case .invoiceIssued(var invoice):
            invoice.number = text
            sample.content = .invoiceIssued(invoice)
        case .orderCancelled: sample.content = .orderCancelled([item], isWholeOrder: false, cause: .requested)
        case .pickupReady(_, let until, _): sample.content = .pickupReady([item], until: until, remaining: [item])
        case .pickupExpired: sample.content = .pickupExpired([item])
        case .promiseChanged: sample.content = .promiseChanged([item])
        }
        return sample
    }

    /// The mail's HTML without attribute values' and texts' entities: what is left of markup must be the template's alone.
    private func tags(_ html: String) -> [String] {
        html.utf8.split(separator: UInt8(ascii: "<"), omittingEmptySubsequences: false).dropFirst().map { piece in
            String(decoding: piece.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
        }
    }

    @Test(arguments: nasty, ["en", "de"]) func nothing_from_outside_becomes_markup(_ text: String, _ locale: String) throws {
        let templates = try MailTemplates()
        for index in MailSamples.all.indices {
            let mail = try templates.render(sample(index, with: text), locale: locale)
            let harmless = try templates.render(sample(index, with: text.isEmpty ? "" : "harmless"), locale: locale)
            #expect(tags(mail.html) == tags(harmless.html))
            #expect(!mail.subject.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x2028 })
            #expect(!mail.text.contains("&lt;") || text.contains("&lt;"), "the text part is not HTML")
            #expect(
                mail.text.split(separator: "\n", omittingEmptySubsequences: false).count
                    == harmless.text.split(separator: "\n", omittingEmptySubsequences: false).count
            )
        }
    }

    @Test(arguments: [
        ("https://track.example.com/?id=1&x=ü", true), ("http://track.example.com", true), ("HTTPS://T.example/1", true),
        ("javascript:alert(1)", false),
        ("data:text/html,x", false), ("https://", false), ("https://a b", false), ("https://x/\"onclick=", false),
        ("https://bank.example@evil.example/", false),
        ("//evil.example", false), ("https://x/\u{202E}moc", false), ("https://x/\ny", false), ("https://x/'", false),
    ]) func only_plain_web_links_are_shown(_ url: String, _ isShown: Bool) throws {
        var sample = MailSamples.all[2]
        sample.content = .shipmentDispatched(MailParcel(carrier: "DHL", trackingNumber: "1", trackingURL: url, items: []), remaining: [])
        let mail = try MailTemplates().render(sample, locale: "en")
        #expect(mail.html.contains("class=\"button\"") == isShown)
        #expect(mail.text.contains("Track the parcel") == isShown)
        #expect(mail.text.contains(url) == isShown)
    }

    @Test(
        arguments: [
            ("de-AT", "de-DE", "de"), ("de_CH", "en", "de"), ("DE", "en", "de"), ("fr-FR", "de-DE", "de"), ("fr", "it", "en"),
            (nil, "de-DE", "de"), ("", "en-GB", "en"),
            ("x-klingon", "en", "en"), ("../../etc", "en", "en"),
        ] as [(String?, String, String)]
    ) func locales_fall_back(_ customer: String?, _ channel: String, _ expected: String) throws {
        var sample = MailSamples.all[0]
        sample.order.customer.locale = customer
        sample.channel.locale = channel
        #expect(try MailTemplates().render(sample).locale == expected)
    }

    @Test(arguments: [
        ("de-DE", "EUR", 123_456, "1.234,56\u{A0}€"), ("de-AT", "EUR", 123_456, "€\u{A0}1.234,56"),
        ("de-CH", "CHF", 123_456, "CHF\u{A0}1’234.56"),
        ("en-GB", "JPY", 1_234, "¥1,234"), ("en", "KWD", 1_234_567, "KWD\u{A0}1,234.567"), ("en-US", "USD", 5, "$0.05"),
        ("de", "JPY", 1_234_567, "1.234.567\u{A0}¥"), ("en", "EUR", 1_000_000_000_000_000, "€10,000,000,000,000.00"),
    ]) func amounts_are_written_as_readers_expect(_ locale: String, _ currency: String, _ total: Int64, _ expected: String) throws {
        var sample = MailSamples.all[0]
        sample.order.currency = currency
        sample.order.total = total
        #expect(try MailTemplates().render(sample, locale: locale).text.contains(expected))
    }

    @Test func amounts_beyond_64_bits_are_an_error() throws {
        var sample = MailSamples.all[0]
        sample.order.lines[0].unitPrice = .max
        #expect(throws: MailTemplateError.amountOutOfRange) { try MailTemplates().render(sample) }
    }

    @Test func long_lists_are_cut_and_say_so() throws {
        var sample = MailSamples.all[0]
        sample.order.lines = (0..<5000).map { number in
            OrderLine(lineID: "\(number)", sku: "S\(number)", name: "N", quantity: 1, unitPrice: 1, taxRate: .zero)
        }
        let mail = try MailTemplates().render(sample, locale: "de")
        #expect(mail.text.contains("und 4.900 weitere"))
        #expect(mail.html.utf8.count < 102_000, "Gmail clips longer mails")
    }

    private static let lamp = MailItem(sku: "LAMP-01", name: "Lampe", quantity: 1)
    private static let day = CivilDate(year: 2026, month: 12, day: 6)

    /// One unit alone is spoken of as one, in subject, text and HTML.
    @Test(
        arguments: [
            (MailContent.orderBackordered(waiting: [lamp]), "ein Artikel braucht", "Dieser Artikel", "one item takes", "This item"),
            (.pickupReady([lamp], until: day, remaining: []), "Ihre Bestellung", "den Artikel", "Your order", "keep it"),
            (.pickupExpired([lamp]), "Nicht abgeholt", "diesen Artikel", "Not collected", "this item"),
            (.orderCancelled([lamp], isWholeOrder: false, cause: .requested), "storniert", "Dieser Artikel", "cancelled", "This item"),
        ] as [(MailContent, String, String, String, String)]
    )
    func a_single_unit_is_spoken_of_as_one(
        _ content: MailContent,
        _ subject: String,
        _ words: String,
        _ englishSubject: String,
        _ englishWords: String
    ) throws {
        var sample = MailSamples.all[0]
        sample.content = content
        for (locale, subject, words) in [("de", subject, words), ("en", englishSubject, englishWords)] {
            let mail = try MailTemplates().render(sample, locale: locale)
            #expect(mail.subject.contains(subject), "\(mail.subject)")
            #expect(mail.text.contains(words) && mail.html.contains(words), "\(mail.text)")
            #expect(!mail.text.contains("diese Artikel") && !mail.text.contains("hese items"), "\(mail.text)")
        }
    }

    @Test(arguments: [("de", "zur Abholung bereitgelegt", "versandt"), ("en", "laid ready for you", "sent as soon")])
    func who_collects_an_order_is_not_told_that_it_is_sent(_ locale: String, _ words: String, _ others: String) throws {
        let samples = MailSamples.all.filter { $0.content.kind == .orderBackordered }
        let isCollected = try samples.map { sample in
            let mail = try MailTemplates().render(sample, locale: locale)
            let isCollected = sample.order.shipping?.pickupLocation != nil
            #expect(mail.text.contains(words) == isCollected && mail.html.contains(words) == isCollected, "\(mail.text)")
            #expect(mail.text.contains(others) != isCollected && mail.html.contains(others) != isCollected, "\(mail.text)")
            #expect(mail.text.contains("Berlin Mitte") == isCollected)
            return isCollected
        }
        #expect(Set(isCollected) == [true, false])
    }
}
