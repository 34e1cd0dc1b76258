internal import ArgumentParser
internal import Documents
internal import Foundation
internal import Postgres
internal import Store
internal import Workers

struct InvoiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "invoice", abstract: "Invoices.", subcommands: [Export.self])

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write every invoice as <number>.xml (EN 16931, UBL 2.1) and <number>.pdf.",
            discussion: "What was not rendered before is rendered now, and kept.\n\nExample: oms invoice export invoices --channel shop-de"
        )

        @Argument(help: "The folder; made where it is missing.")
        var folder: String

        @Option(help: "Only this channel's.")
        var channel: String?

        @Option(help: "Only this invoice.")
        var number: String?

        func run() async throws {
            let settings = try await Settings.load()
            let session = try settings.session()
            let network = try await session.read { tx in try NetworkStore.load(in: tx) }
            var key: Int32?
            if let channel {
                guard let found = network.channel(channel) else {
                    throw CommandFailure.wrongUse("No channel \(Terminal.safe(channel)) is in the network.")
                }
                key = found.key
            }
            try Self.makeFolder(folder)
            let papers = InvoicePapers(renderer: DocumentRenderer())
            let channel = key
            var last = (prefix: "", number: Int64(0))
            var written = 0
            while true {
                let after = last
                let page = try await session.read { tx in try InvoiceStore.page(channel: channel, after: after, limit: 200, in: tx) }
                guard let end = page.last else { break }
                for row in page where number == nil || row.name == number {
                    let (xml, pdf) = try await papers.of(row, session: session)
                    try Self.write(xml, to: "\(folder)/\(row.name).xml")
                    try Self.write(pdf, to: "\(folder)/\(row.name).pdf")
                    written += 1
                }
                last = (end.prefix, end.number)
            }
            if let number, written == 0 { throw CommandFailure.fault("There is no invoice \(Terminal.safe(number)).") }
            Terminal.print("wrote \(written.grouped) invoices into \(folder)")
        }

        private static func makeFolder(_ folder: String) throws {
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw CommandFailure.wrongUse("The folder \(folder) cannot be made.")
            }
        }

        private static func write(_ bytes: [UInt8], to path: String) throws {
            guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
                throw CommandFailure.fault("\(path) cannot be written.")
            }
        }
    }
}
