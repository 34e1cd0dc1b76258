internal import ArgumentParser
internal import Commerce
internal import Messages
internal import Postgres
internal import Store
internal import Workers

struct LocationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "location",
        abstract: "Locations that ship.",
        subcommands: [Reliability.self]
    )

    struct Reliability: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How far each location and its supplier can be relied on, and what that is made of.",
            discussion: """
                Every parcel is judged once, when nothing of it is open any more: refused (nothing shipped; no answer in time included), short \
                (units refused, others shipped), answered late, dispatched later than the location's lead time. Every feed that is owed is judged \
                too: late by the part of an interval that it came too late, one at most; by one where it never came. All weigh half after \
                \(LocationReliability.halfLifeDays) days. Score, of 1000: (1 - refused) x (1 - short/2) x (1 - answered late/4) x (1 - dispatched late/4) \
                x (1 - feeds late/4), each a share of the weight of all parcels, or feeds, and \(Int(LocationReliability.creditedParcels)) faultless \
                ones credited to everybody. A supplier's score is the mean of its locations', weighted by their parcels, credited ones included.

                Example: oms location reliability --json
                """
        )

        @Flag(help: "One JSON object a line.")
        var json = false

        func run() async throws {
            let session = try await Settings.load().session()
            let (network, known) = try await session.read { tx in
                (try NetworkStore.load(in: tx), try ReliabilityStore.all(in: tx))
            }
            let now = SystemClock.now()
            let scores = network.supplierScores(known, at: now)
            func record(_ entry: NetworkSnapshot.KeyedLocation) -> LocationReliability {
                known[entry.key] ?? LocationReliability(updatedAt: now)
            }
            func score(_ entry: NetworkSnapshot.KeyedLocation) -> Int64 { scores[entry.key] ?? LocationReliability.faultless }
            guard !json else {
                for entry in network.locations {
                    let supplier = entry.location.supplier.map { ($0, score(entry)) }
                    Terminal.print(ReliabilityText.json(record(entry), of: entry.location.id, supplier: supplier, at: now))
                }
                return
            }
            for line in ReliabilityText.header { Terminal.print(line) }
            let suppliers = Dictionary(grouping: network.locations, by: \.location.supplier)
            for (supplier, entries) in suppliers.sorted(by: { precedesBytewise($0.key ?? "\u{10FFFF}", $1.key ?? "\u{10FFFF}") }) {
                Terminal.print(ReliabilityText.supplier(supplier, score: entries.first.map(score) ?? LocationReliability.faultless))
                for entry in entries { Terminal.print(ReliabilityText.line(record(entry), of: entry.location.id, at: now)) }
            }
        }
    }
}
