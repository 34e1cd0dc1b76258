internal import ArgumentParser
internal import Commerce
internal import Messages
internal import Postgres
internal import Store
internal import Workers

struct CapacityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capacity",
        abstract: "Parcels that locations can still take, per day.",
        discussion: """
            Locations with a dailyCapacity, from their own today on. Held: planned for the day, nothing has left yet. Used: something has left. \
            Left: the capacity less both. A parcel counts for the day it was planned for, also where it leaves on another. On days on \
            which nobody works there the capacity is 0: parcels are planned for working days, those that come after the cut-off for the next.

            Example: oms capacity --location ber-1 --days 14
            """
    )

    @Option(help: "Only this location's.")
    var location: String?

    @Option(help: "How many days, today included.")
    var days = 7

    @Flag(help: "One JSON object a line.")
    var json = false

    /// A day of a location in figures.
    private struct Line {
        var location: String
        var day: CivilDate
        var capacity: Int64
        var taken: CapacityStore.Day

        var left: Int64 { max(0, capacity - taken.held - taken.used) }
    }

    func run() async throws {
        guard (1...366).contains(days) else { throw CommandFailure.wrongUse("--days must be 1 to 366.") }
        let session = try await Settings.load().session()
        let network = try await session.read { tx in try NetworkStore.load(in: tx) }
        if let location, network.location(location) == nil {
            throw CommandFailure.wrongUse("No location \(Terminal.safe(location)) is in the network.")
        }
        let limited = network.locations.filter {
            $0.location.dailyCapacity != nil && (location == nil || ExactID.same($0.location.id, location ?? ""))
        }
        .sorted { precedesBytewise($0.location.id, $1.location.id) }
        let now = SystemClock.now()
        var since: [Int32: CivilDate] = [:]
        let capacity = LocationCapacity(network: network, now: now)
        for entry in limited { since[entry.key] = capacity.today(at: entry.location) }
        let first = since
        let taken = try await session.read { tx in try CapacityStore.days(first, in: tx) }
        show(
            limited.flatMap { entry in
                let today = first[entry.key] ?? CivilDate(now)
                return lines(of: entry, from: today, resting: capacity.restDays(of: entry, from: today, count: days), taken: taken)
            }
        )
    }

    private func lines(
        of entry: NetworkSnapshot.KeyedLocation,
        from today: CivilDate,
        resting: Set<CivilDate>,
        taken: [CapacityStore.Day]
    ) -> [Line] {
        let own = taken.filter { $0.location == entry.key }
        return (0..<Int64(days)).map { offset in
            let day = CivilDate(dayNumber: today.dayNumber + offset)
            return Line(
                location: entry.location.id,
                day: day,
                capacity: resting.contains(day) ? 0 : entry.location.dailyCapacity ?? 0,
                taken: own.first { $0.day == day } ?? CapacityStore.Day(location: entry.key, day: day)
            )
        }
    }

    private func show(_ lines: [Line]) {
        guard !json else {
            for line in lines { Terminal.print(text(line)) }
            return
        }
        guard !lines.isEmpty else {
            Terminal.print("no location has a daily capacity")
            return
        }
        let width = max(8, lines.map(\.location.count).max() ?? 0)
        Terminal.print("\("location".padded(width))  day         capacity      held      used      left")
        for line in lines {
            let figures = [line.capacity, line.taken.held, line.taken.used, line.left].map { $0.grouped.leftPadded(8) }
            Terminal.print("\(line.location.padded(width))  \(line.day)  \(figures.joined(separator: "  "))")
        }
    }

    private func text(_ line: Line) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("location", line.location)
        json.member("day", line.day.description)
        json.member("capacity", line.capacity)
        json.member("held", line.taken.held)
        json.member("used", line.taken.used)
        json.member("left", line.left)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
