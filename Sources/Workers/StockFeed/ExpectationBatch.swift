internal import Commerce
internal import Messages
internal import Postgres
internal import Store

/// A batch of `stock.expected`: of each delivery the newest word counts, in whatever order they come.
struct ExpectationBatch {
    let messages: [StockExpected]

    private struct Name: Hashable {
        var location: Int32
        var reference: ExactID
        var sku: Int64
    }

    func run(lane: Lane) async throws -> [Outcome] {
        let skus = try await lane.shared.skus.keys(for: Set(messages.map { ExactID($0.sku) }), session: lane.session)
        return try await lane.commit { tx, effects in
            let network = try lane.shared.network(in: tx)
            var newest: [Name: ExpectedStock.Row] = [:]
            var outcomes: [Outcome] = []
            for message in messages {
                guard let location = network.location(message.location), let sku = skus[ExactID(message.sku)] else {
                    outcomes.append(
                        .retry(MessageRefusal(.unknownLocation, path: "/location", "No location of this id is in the network."))
                    )
                    continue
                }
                outcomes.append(.done(id: message.senderID))
                let name = Name(location: location.key, reference: ExactID(message.reference), sku: sku)
                if let known = newest[name], known.updatedAt >= message.updatedAt { continue }
                newest[name] = ExpectedStock.Row(
                    location: location.key,
                    reference: message.reference,
                    sku: sku,
                    quantity: message.quantity,
                    expectedAt: message.expectedAt,
                    updatedAt: message.updatedAt
                )
            }
            let changed = try ExpectedStock.write(Array(newest.values), in: tx)
            let awaited = try WaitingLines.awaited(among: changed.sorted(), in: tx)
            effects.send(awaited, piece: SourcingHandler.promisesPerMessage) { .promise(skus: $0) }
            return outcomes
        }
    }
}

extension Effects {
    /// Lets promises be calculated again, for those of the SKUs that somebody waits for while something is on its way, or was told something
    /// of before.
    mutating func sendPromises(_ skus: [Int64], in tx: borrowing Transaction) throws {
        let moving = try WaitingPromises.moving(among: skus, in: tx)
        let awaited = try WaitingLines.awaited(among: moving.expected, in: tx)
        send(Set(awaited).union(moving.told).sorted(), piece: SourcingHandler.promisesPerMessage) { .promise(skus: $0) }
    }
}
