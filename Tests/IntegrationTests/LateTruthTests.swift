import Postgres
import RabbitMQ
import TestSupport
import Testing
import Workers

/// Late truth through the workers: orders, parcels, feeds in parts, adjustments and blocks, reported in a random order to two processes at
/// once, against an oracle that knows the real shelf.
@Suite(.timeLimit(.minutes(15)))
struct LateTruthTests {
    /// What happens on the shelves, by minute of one day.
    private struct World {
        struct Move {
            var location: String
            var sku: String
            var delta: Int64
            var minute: Int
        }

        static let skus = ["A", "B", "C", "D"]
        /// Everything is there from the first minute on, but D, of which something is found later.
        static let first: Int64 = 500

        var moves: [Move] = []

        func units(_ sku: String, at location: String, before minute: Int) -> Int64 {
            moves.filter { $0.sku == sku && $0.location == location && $0.minute < minute }
                .reduce(sku == "D" ? 0 : Self.first) { $0 + $1.delta }
        }

        static func time(_ minute: Int) -> String {
            "2026-11-20T\(String(100 + minute / 60).dropFirst()):\(String(100 + minute % 60).dropFirst()):00Z"
        }
    }

    @Test(arguments: [20_261_126, 7, 42] as [UInt64])
    func on_hand_ends_as_the_real_shelf(_ seed: UInt64) async throws {
        let roles = Role.allCases.filter { $0 != .mailing }
        try await withShop(roles, lanes: 2) { shop in
            let rival = try shop.work(roles, lanes: 2)
            var random = SplitMix64(seed: seed)
            let locations = ["ber", "ham"]
            for location in locations {
                let all = World.skus.filter { $0 != "D" }.map { ($0, World.first) }
                try await shop.accepted("stock.reported", shop.feed(location, sequence: 1, mode: "full", all, at: World.time(0)))
            }
            let orders = (0..<60).map { number in
                Order("\(number)", [(World.skus[number % 3], .random(in: 1...20, using: &random)), ("D", 1)]).with {
                    $0.acceptPartial = true
                }
            }
            try await shop.place(orders)
            try await eventually("all are decided") { try await shop.number("SELECT count(*) FROM orders WHERE status > 2") == 60 }

            var world = World()
            var messages: [(type: String, body: JSON)] = []
            let parcels = try await shop.query(
                """
                SELECT f.key, l.id, k.id, x.line, x.quantity FROM fulfillment f
                JOIN fulfillment_line x ON x.fulfillment_key = f.key JOIN location l ON l.key = f.location JOIN sku k ON k.key = x.sku
                """
            )
            for row in parcels {
                let (location, sku, units, minute) = (
                    try row.text(1), try row.text(2), try row.int8(4), Int.random(in: 60..<600, using: &random)
                )
                let parcel = Parcel(
                    id: "F\(try row.int8(0))",
                    location: location,
                    lines: [.init(lineID: "\(try row.int4(3) + 1)", quantity: units)]
                )
                world.moves.append(.init(location: location, sku: sku, delta: -units, minute: minute))
                messages.append(("shipment.dispatched", shop.dispatched(parcel, as: "s-\(try row.int4(3))", at: World.time(minute))))
            }
            for number in 0..<30 {
                let (location, sku) = (locations[number % 2], World.skus[number % 4])
                let (delta, minute) = (Int64.random(in: 1...5, using: &random), Int.random(in: 60..<600, using: &random))
                world.moves.append(.init(location: location, sku: sku, delta: delta, minute: minute))
                let body: JSON = [
                    "location": .string(location), "adjustmentId": "a-\(number)", "sku": .string(sku), "delta": .integer(delta),
                    "reason": "Found", "occurredAt": .string(World.time(minute)),
                ]
                messages.append(("stock.adjusted", body))
            }
            for sequence in 2...12 as ClosedRange<Int64> {
                for location in locations {
                    // Their numbers rise; the moments they are of nearly do.
                    let minute = max(1, Int(sequence) * 50 + .random(in: -80...80, using: &random))
                    let mode = Bool.random(using: &random) ? "full" : "partial"
                    let counts = World.skus.map { ($0, world.units($0, at: location, before: minute)) }.filter { $0.1 != 0 }
                    let half = counts.count / 2
                    for (part, some) in [(1, counts[..<half]), (2, counts[half...])] as [(Int64, ArraySlice<(String, Int64)>)] {
                        let feed = shop.feed(
                            location,
                            sequence: sequence,
                            mode: mode,
                            part: part,
                            of: 2,
                            Array(some),
                            at: World.time(minute)
                        )
                        messages.append(("stock.reported", feed))
                    }
                }
            }
            for number in 0..<8 {
                let location = locations[number % 2]
                messages.append(
                    ("stock.blocked", shop.block(location, "q-\(number)", World.skus[number % 3], .random(in: 1...400, using: &random)))
                )
                if number < 4 { messages.append(("stock.released", shop.release(location, "q-\(number)"))) }
            }

            let outgoing = messages.shuffled(using: &random).enumerated().map { index, message in
                shop.message(message.type, Array(message.body.text().utf8), correlationID: "\(seed)-\(index)")
            }
            try await shop.publish(outgoing)
            for index in outgoing.indices {
                let reply = try await eventuallyValue("message \(index) is answered", within: .seconds(240)) {
                    shop.listener.replies(to: "\(seed)-\(index)").first
                }
                #expect(reply["accepted"] == true, "\(reply.text()) \(String(decoding: outgoing[index].body, as: UTF8.self)) seed \(seed)")
            }
            for location in locations {
                for sku in World.skus {
                    let truth = world.units(sku, at: location, before: 10_000)
                    #expect(try await shop.level(sku, at: location).onHand == truth, "\(sku) at \(location), seed \(seed)")
                }
            }
            try await eventually("whoever waits again was looked at") {
                try await shop.number("SELECT count(*) FROM waiting_line WHERE untold_since IS NOT NULL") == 0
            }
            try await RaceTests.expectNoDeadlock(shop)
            try await rival.stop()
        }
    }
}
