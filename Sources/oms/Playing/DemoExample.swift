internal import Commerce
internal import Documents
internal import Foundation
internal import Postgres
internal import Store
internal import Workers

/// One order of the demo to look at closely, with its paper and its mail.
struct DemoExample: Sendable {
    var story: OrderStory
    var network: NetworkSnapshot
    /// Where its first invoice was written as PDF.
    var document: String?
    /// Where the mail catcher keeps the mail with that invoice.
    var mail: String?

    static func find(_ found: (channel: Int32, id: String)?, settings: Settings, session: PostgresSession) async throws -> DemoExample? {
        guard let found else { return nil }
        let (story, network) = try await session.read { tx in
            (try OrderStory.find(channel: found.channel, id: found.id, in: tx), try NetworkStore.load(in: tx))
        }
        guard let story else { return nil }
        var example = DemoExample(story: story, network: network)
        if let invoice = story.invoices.first {
            example.document = try await write(invoice, settings: settings, session: session)
            let mail = story.mails.first { $0.template == MailStore.Template.invoiceIssued.name && $0.reference == invoice.name }
            if let mail, let spool = try settings.spool { example.mail = file(withMessageID: mail.messageID, in: spool) }
        }
        return example
    }

    private static func write(_ invoice: InvoiceStore.Row, settings: Settings, session: PostgresSession) async throws -> String {
        let folder = try settings.demoOutput ?? "\(NSTemporaryDirectory())oms-demo"
        let papers = try await InvoicePapers(renderer: DocumentRenderer()).of(invoice, session: session)
        let path = "\(folder)/\(invoice.name).pdf"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(papers.pdf).write(to: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure.fault("\(path) cannot be written.")
        }
        return path
    }

    /// Looks at the head of each mail; the catcher's file names say nothing of their content.
    private static func file(withMessageID id: String, in spool: String) -> String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: spool)) ?? []
        let wanted = Data("<\(id)>".utf8)
        return names.lazy.filter { $0.hasSuffix(".eml") }.map { "\(spool)/\($0)" }.first { path in
            guard let file = FileHandle(forReadingAtPath: path) else { return false }
            defer { try? file.close() }
            return (try? file.read(upToCount: 4_096))?.range(of: wanted) != nil
        }
    }
}
