internal import ArgumentParser
internal import Commerce
internal import Foundation
internal import Postgres
internal import Store

struct GeoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geo",
        abstract: "Where postal codes lie.",
        subcommands: [Import.self]
    )

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read GeoNames' file of postal codes, whole or not at all.",
            discussion: """
                Orders whose address has no coordinates are then sourced by where their postal code lies, and not by the middle of their \
                country. The file is read as https://download.geonames.org/export/zip/ has it: tab separated, 12 columns, plain or .xz; unzip \
                a .zip first. All codes of the countries in it are replaced, other countries stay. Orders that are already here keep their \
                place. The data is GeoNames', under CC BY 4.0.

                Exit status 1, and nothing is changed, if a line is not of that form; --skip-bad leaves such lines out.

                Example: oms geo import allCountries.txt
                """
        )

        @Argument(help: "The file, plain or .xz.")
        var file: String

        @Flag(help: "Leave out lines that are not of GeoNames' form, instead of refusing the file.")
        var skipBad = false

        func run() async throws {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue,
                FileManager.default.isReadableFile(atPath: file)
            else {
                throw CommandFailure.wrongUse("\(Terminal.safe(file)) cannot be read.")
            }
            let session = try await Settings.load().session()
            let (path, skipBad) = (file, skipBad)
            let result = try await session.write(attempts: 1) { tx in
                var file = try GeoNamesFile(path: path)
                let changes = try PostalCodeStore.replace({ try file.next() }, in: tx)
                let outcome = Outcome(changes: changes, file: file)
                // Thrown within the transaction: nothing of it stays.
                guard skipBad || file.bad == 0 else { throw outcome.refusal(path) }
                guard !changes.isEmpty else {
                    throw CommandFailure.fault("\(Terminal.safe(path)) has no postal codes; nothing was changed.")
                }
                return outcome
            }
            for line in result.text { Terminal.print(line) }
        }
    }
}

extension GeoCommand.Import {
    /// What an import did, for a person.
    fileprivate struct Outcome: Sendable {
        var changes: [PostalCodeStore.Change]
        var bad: Int
        var unplaced: Int
        var told: [String]

        init(changes: [PostalCodeStore.Change], file: GeoNamesFile) {
            self.changes = changes
            bad = file.bad
            unplaced = file.unplaced
            told = file.firstBad.map { "  line \($0.number): \($0.fault)" } + (file.bad > file.firstBad.count ? ["  …"] : [])
        }

        func refusal(_ path: String) -> CommandFailure {
            let lines = bad == 1 ? "1 line is" : "\(bad.grouped) lines are"
            return .fault(
                "\(Terminal.safe(path)) is refused, nothing was changed: \(lines) not of GeoNames' form.\n" + told.joined(separator: "\n")
            )
        }

        var text: [String] {
            var lines = ["country     places      codes        new      moved    removed"]
            for change in changes {
                let figures = [change.places, change.codes, change.added, change.moved, change.removed]
                lines.append(change.country.padded(7) + figures.map { $0.grouped.leftPadded(11) }.joined())
            }
            if unplaced > 0 { lines.append("left out for want of coordinates: \(unplaced.grouped)") }
            if bad > 0 { lines += ["left out for not being of GeoNames' form: \(bad.grouped)"] + told }
            return lines
        }
    }
}
