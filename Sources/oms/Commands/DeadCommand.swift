internal import ArgumentParser
internal import Foundation
internal import Messages
internal import Postgres
internal import Store
internal import Workers

struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "The dead-letter desk: messages that were refused.",
        subcommands: [List.self, Show.self, Retry.self, Drop.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What lies at the desk, newest first.",
            discussion: "Example: oms dead list --all --limit 20"
        )

        @Flag(help: "Settled ones too.")
        var all = false

        @Option(help: "How many at most.")
        var limit = 50

        @Flag(help: "One JSON object a line.")
        var json = false

        func run() async throws {
            let session = try await Settings.load().session()
            let (all, limit) = (all, limit)
            let (rows, counts) = try await session.read { tx in
                (try DeskStore.list(all: all, limit: limit, in: tx), try DeskStore.openCounts(in: tx))
            }
            if json {
                for row in rows { Terminal.print(DeskText.json(row, withBody: false)) }
                return
            }
            for row in rows { Terminal.print(DeskText.line(row)) }
            let open = counts.map { "\($0.count.grouped) \($0.code)" }.joined(separator: ", ")
            Terminal.print(open.isEmpty ? "the desk is empty" : "open: \(open)")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One message, whole.",
            discussion: "Holds what the sender sent: personal data too.\n\nExample: oms dead show 17"
        )

        @Argument(help: "Its number.")
        var number: Int64

        @Flag(help: "One JSON object.")
        var json = false

        func run() async throws {
            let session = try await Settings.load().session()
            let number = number
            guard let row = try await session.read({ tx in try DeskStore.find(number, in: tx) }) else {
                throw CommandFailure.fault("Nothing lies at the desk under \(number).")
            }
            if json { return Terminal.print(DeskText.json(row, withBody: true)) }
            for line in DeskText.page(row) { Terminal.print(line) }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send messages again to the queue that refused them.",
            discussion:
                "They go through the outbox: a worker with role relay sends them.\n\nExample: oms dead retry 17 18, or: oms dead retry --code unknown_channel"
        )

        @Argument(help: "Their numbers.")
        var numbers: [Int64] = []

        @Option(help: "All open ones with this code.")
        var code: String?

        func run() async throws {
            let done = try await Desk.settle(numbers, code: code, as: .retried)
            Terminal.print("handed \(done) messages to the relay")
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Settle messages without sending them again. They stay readable with `list --all`.",
            discussion: "Example: oms dead drop 17, or: oms dead drop --code invalid_json"
        )

        @Argument(help: "Their numbers.")
        var numbers: [Int64] = []

        @Option(help: "All open ones with this code.")
        var code: String?

        func run() async throws {
            let done = try await Desk.settle(numbers, code: code, as: .dropped)
            Terminal.print("dropped \(done) messages")
        }
    }
}

/// What `retry` and `drop` have in common.
private enum Desk {
    static func settle(_ numbers: [Int64], code: String?, as status: DeskStore.Status) async throws -> Int {
        guard !numbers.isEmpty || code != nil else { throw CommandFailure.wrongUse("Name messages by number, or a --code.") }
        let session = try await Settings.load().session()
        let now = SystemClock.now()
        var done = 0
        while true {
            let settled = try await session.write { tx -> Int in
                let rows = try DeskStore.open(keys: numbers.isEmpty ? nil : numbers, code: code, limit: 500, in: tx)
                guard !rows.isEmpty else { return 0 }
                try DeskStore.settle(rows.map(\.key), as: status, at: now, in: tx)
                if status == .retried { try OutboxStore.insert(rows.map { DeskText.message($0.entry) }, in: tx) }
                return rows.count
            }
            guard settled > 0 else { break }
            done += settled
        }
        guard done > 0 else { throw CommandFailure.fault("Nothing open lies at the desk under that.") }
        return done
    }
}
