internal import Commerce
internal import Foundation
internal import Testing

@testable internal import Documents

@Suite(.timeLimit(.minutes(15)))
struct InvoicePDFTests {
    @Test(.enabled(if: Poppler.isWanted, "poppler-utils is not installed"), arguments: Samples.all.map(\.name))
    func all_that_is_printed_can_be_read_back(name: String) throws {
        let invoice = try #require(Samples.all.first { $0.name == name }?.invoice)
        let content = InvoiceContent(invoice)
        let text = try Poppler.text(of: InvoiceRenderer().pdf(invoice))
        for sum in content.sums { #expect(text.contains(Poppler.plain(sum.value)), "\(sum.label)") }
        for tax in content.taxes { #expect(text.contains(Poppler.plain(tax.taxable)) && text.contains(Poppler.plain(tax.tax))) }
        for row in content.rows { #expect(text.contains(row.amount) && text.contains(row.unitPrice)) }
        #expect(text.contains(invoice.number))
    }

    @Test(.enabled(if: Poppler.isWanted, "poppler-utils is not installed"))
    func totals_are_those_of_the_xml() throws {
        let text = try Poppler.text(of: InvoiceRenderer().pdf(Samples.discountsAndShipping.invoice))
        for figure in ["244,87", "–5,00", "–1,00", "4,19", "243,06", "29,79", "2,54", "275,39 EUR"] { #expect(text.contains(figure)) }
        #expect(text.contains("Restposten") && text.contains("–12,34") && text.contains("Versand (standard)"))
    }

    @Test(.enabled(if: Poppler.isWanted, "poppler-utils is not installed"), arguments: Samples.scripts)
    func names_of_any_script_are_there(name: String) throws {
        let letters = Poppler.letters(in: try Poppler.text(of: InvoiceRenderer().pdf(Samples.world.invoice)))
        guard name.isRightToLeft else {
            #expect(letters.contains(Poppler.letters(in: name)))
            return
        }
        // Extraction puts right-to-left letters into an order of its own.
        #expect(Set(Poppler.letters(in: name).unicodeScalars).isSubset(of: letters.unicodeScalars))
    }

    @Test(.enabled(if: Poppler.isWanted, "poppler-utils is not installed"))
    func long_invoices_carry_head_and_number_on_every_page() throws {
        let pdf = try InvoiceRenderer().pdf(Samples.manyLines(200).invoice)
        let pages = try Poppler.text(of: pdf).split(separator: "\u{C}").filter { !String($0).isBlank }
        #expect((8...12).contains(pages.count))
        for (index, page) in pages.enumerated() {
            #expect(page.contains("Seite \(index + 1) von \(pages.count)"))
            #expect(page.contains("Einzelpreis"))
            #expect(page.contains("Rechnung R00000042"))
        }
        let text = pages.joined()
        for index in 1...200 { #expect(text.contains("Artikel Nummer \(index)")) }
    }

    @Test(.enabled(if: Poppler.isWanted, "poppler-utils is not installed"))
    func the_largest_order_fits() throws {
        let text = try Poppler.text(of: InvoiceRenderer().pdf(Samples.manyLines(5_000).invoice))
        let pages = text.split(separator: "\u{C}").filter { !String($0).isBlank }
        #expect(pages.count > 200)
        #expect(pages.last?.contains("Artikel Nummer 5000") == true)
        #expect(pages.last?.contains("Seite \(pages.count) von \(pages.count)") == true)
    }

    @Test(.enabled(if: Poppler.isWanted, "poppler-utils is not installed"))
    func the_file_names_itself() throws {
        let information = try Poppler.information(on: InvoiceRenderer().pdf(Samples.domestic.invoice))
        #expect(information.contains("Rechnung R00000042"))
        #expect(information.contains("Hanse Leuchten GmbH"))
        #expect(information.contains("A4"))
        #expect(information.contains("2026-11-23T00:00:00Z"))
    }

    @Test func the_same_invoice_gives_the_same_bytes_whatever_came_before() throws {
        let used = InvoiceRenderer()
        let samples = Samples.all.filter { $0.invoice.lines.count < 100 }
        let first = try samples.map { try used.pdf($0.invoice) }
        let second = try samples.reversed().map { try used.pdf($0.invoice) }
        #expect(first == second.reversed())
        for (sample, pdf) in zip(samples, first) { #expect(try InvoiceRenderer().pdf(sample.invoice) == pdf, "\(sample.name)") }
    }

    @Test func one_renderer_serves_many_callers() async throws {
        let renderer = DocumentRenderer()
        let expected = try InvoiceRenderer().pdf(Samples.domestic.invoice)
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<20 { group.addTask { try await renderer.pdf(Samples.domestic.invoice) } }
            for try await pdf in group { #expect(pdf == expected) }
        }
    }

    @Test func hostile_texts_are_made_printable() {
        #expect("a\u{0}b\nc\u{2028}d\u{FFFE}e".printable == "a b c d\u{FFFD}e")
        #expect(String(repeating: "x", count: 500).printable.count == 500)
        #expect(String(repeating: "ü", count: 100_000).printable.count == 501)
        #expect("„Elbe“ 🎁".printable == "„Elbe“ 🎁")
    }
}

/// Reads PDFs back with Debian's poppler-utils.
enum Poppler {
    static var isWanted: Bool {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext")
            || ProcessInfo.processInfo.environment["OMS_REQUIRE_SERVERS"] == "1"
    }

    /// Pages end with a form feed; non-breaking spaces are plain ones.
    static func text(of pdf: [UInt8]) throws -> String {
        plain(try withFile(pdf) { try run("/usr/bin/pdftotext", ["-layout", "-enc", "UTF-8", $0, "-"]) })
    }

    static func information(on pdf: [UInt8]) throws -> String {
        try withFile(pdf) { try run("/usr/bin/pdfinfo", ["-isodates", $0]) }
    }

    static func plain(_ text: String) -> String { String(text.map { $0 == "\u{A0}" ? " " : $0 }) }

    /// Only letters, without the forms that Arabic ones take by their neighbors.
    static func letters(in text: String) -> String {
        var letters = String.UnicodeScalarView()
        for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .otherLetter, .modifierLetter: letters.append(scalar)
            default: continue
            }
        }
        return String(letters)
    }

    private static func withFile(_ pdf: [UInt8], _ body: (String) throws -> String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("oms-pdf-\(UUID().uuidString).pdf")
        try Data(pdf).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file.path)
    }
}
