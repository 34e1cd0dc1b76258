internal import Commerce
internal import Testing

@testable internal import Documents

struct DocumentLocaleTests {
    @Test(arguments: [
        ("de-DE", "1.234.567,89", "1.234.567,89\u{A0}EUR", "23.11.2026", "8,875\u{A0}%"),
        ("de-CH", "1’234’567.89", "EUR\u{A0}1’234’567.89", "23.11.2026", "8.875\u{A0}%"),
        ("en-GB", "1,234,567.89", "EUR\u{A0}1,234,567.89", "23\u{A0}November\u{A0}2026", "8.875%"),
        ("en_US", "1,234,567.89", "EUR\u{A0}1,234,567.89", "November\u{A0}23, 2026", "8.875%"),
        ("tlh", "1,234,567.89", "EUR\u{A0}1,234,567.89", "23\u{A0}November\u{A0}2026", "8.875%"),
        ("", "1,234,567.89", "EUR\u{A0}1,234,567.89", "23\u{A0}November\u{A0}2026", "8.875%"),
    ])
    func figures_follow_the_locale(tag: String, amount: String, money: String, date: String, percent: String) throws {
        let locale = DocumentLocale(tag)
        let euro = DocumentCurrency("EUR")
        #expect(locale.amount(123_456_789, euro) == amount)
        #expect(locale.money(123_456_789, euro) == money)
        #expect(locale.date(CivilDate(year: 2026, month: 11, day: 23)) == date)
        #expect(locale.percent(try #require(TaxRate("8.875"))) == percent)
    }

    @Test(arguments: [(0, "0.00"), (-5, "–0.05"), (99_999, "999.99"), (100_000, "1,000.00"), (.min, "–92,233,720,368,547,758.08")])
    func amounts_of_any_size(minorUnits: Int64, text: String) {
        #expect(DocumentLocale("en").amount(minorUnits, DocumentCurrency("EUR")) == text)
    }

    @Test func currencies_have_their_own_digits() {
        #expect(DocumentLocale("en").amount(123_456, DocumentCurrency("JPY")) == "123,456")
        #expect(DocumentLocale("en").amount(123_456, DocumentCurrency("KWD")) == "123.456")
    }

    @Test(arguments: [("de-DE", "de"), ("zh-TW", "zh-tw"), ("zh_Hans_CN", "zh-cn"), ("xx-anything", "en"), ("", "en")])
    func letters_are_shaped_for_a_known_language(tag: String, language: String) {
        #expect(DocumentLocale.typographicLanguage(tag) == language)
    }

    @Test(arguments: [("DE123456789", true), ("de 123 456 789", true), ("EL123", true), ("12/345", false), ("QQ12", false), ("DE", false)])
    func vat_ids_are_told_from_other_numbers(number: String, isVATID: Bool) {
        #expect(TaxNumber(number)?.isVATID == isVATID)
    }

    @Test func payments_are_named_in_the_language() {
        #expect(DocumentWords.german.methodName("credit_card, PayPal,moon beads") == "Kreditkarte, PayPal, moon beads")
        #expect(DocumentWords.english.paymentTerms("card") == "Payment by card")
        #expect(DocumentWords.german.paymentTerms(nil) == "Zahlbar sofort ohne Abzug")
    }
}
