internal import ArgumentParser
internal import Foundation
internal import Postgres
internal import Store

extension StockCommand {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "All stock rows to standard output, in one snapshot.",
            discussion: """
                Streams: millions of rows take no more memory than ten. CSV is RFC 4180, texts quoted and exactly as they were given. A \
                spreadsheet takes a text that begins with = + - @ for a formula, quoted or not: give --for-spreadsheets, and such texts get \
                an apostrophe in front; do not read that file back.

                Example: oms stock export --format ndjson --location ber-1 | gzip > stock.ndjson.gz
                """
        )

        @Option(help: "csv or ndjson.")
        var format = "csv"

        @Option(help: "Only this location's.")
        var location: String?

        @Flag(help: "Make ids harmless for spreadsheets; CSV only.")
        var forSpreadsheets = false

        func run() async throws {
            guard let format = StockExport.Format(rawValue: format) else {
                throw CommandFailure.wrongUse("--format must be csv or ndjson.")
            }
            guard !forSpreadsheets || format == .csv else { throw CommandFailure.wrongUse("--for-spreadsheets is for CSV.") }
            let session = try await Settings.load().session()
            let (location, isGuarded) = (location, forSpreadsheets)
            // Once: what was printed cannot be taken back.
            try await session.read(attempts: 1) { tx in
                var key: Int32?
                if let location {
                    guard let entry = try NetworkStore.load(in: tx).location(location) else {
                        throw CommandFailure.wrongUse("No location \(Terminal.safe(location)) is in the network.")
                    }
                    key = entry.key
                }
                var output = OutputBuffer()
                _ = try StockExport.write(format, location: key, forSpreadsheets: isGuarded, in: tx) { try output.write($0) }
                try output.flush()
            }
        }
    }
}

/// Standard output in pieces that are worth a call.
private struct OutputBuffer {
    private static let size = 1 << 18

    private var data = Data(capacity: OutputBuffer.size + (1 << 16))

    mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        data.append(contentsOf: bytes)
        if data.count >= Self.size { try flush() }
    }

    mutating func flush() throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: data)
        } catch {
            throw CommandFailure.fault("Standard output cannot be written.")
        }
        data.removeAll(keepingCapacity: true)
    }
}
