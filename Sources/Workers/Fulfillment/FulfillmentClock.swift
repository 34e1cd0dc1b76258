internal import Commerce
internal import CoreMetrics
internal import Logging
internal import Postgres
internal import Store

/// A part of role `fulfillment`: takes back requests that no location answered in its time, and ends holds whose time is up.
///
/// It finds them without locks and hands them to the ledger, which looks again under the order's row lock: of two workers, and of an
/// answer that comes in the same moment, the first one to have that lock wins.
struct FulfillmentClock: Sendable {
    /// Requests taken back, per location, and holds ended in one transaction.
    static let batch = 200

    private let lane: Lane
    private let stop: StopSignal
    private let handler = FulfillmentHandler()
    private let takenBack = Counter(label: "fulfillment.unanswered")
    private let holdsEnded = Counter(label: "fulfillment.holds.ended")

    init(lane: Lane, stop: StopSignal) {
        self.lane = lane
        self.stop = stop
    }

    func run() async {
        while !stop.isRaised {
            do {
                // While there is something to do, without pause.
                while try await sweep(), !stop.isRaised {}
            } catch {
                lane.logger.warning("unanswered requests not looked at", metadata: ["error": "\(error)"])
            }
            await stop.wait(atMost: .seconds(2))
        }
    }

    /// Handles a batch of what is overdue; gives whether there may be more.
    private func sweep() async throws -> Bool {
        let (parcels, orders) = try await lane.session.read(isolation: .readCommitted) { tx in
            let network = try lane.shared.network(in: tx)
            let terms = network.locations.compactMap { entry in
                network.answerWithinMinutes(entry).map { (location: entry.key, minutes: $0) }
            }
            return (
                try UnansweredRequests.overdue(terms, limit: Self.batch, in: tx),
                try OrderHolds.due(limit: Self.batch, in: tx)
            )
        }
        guard !parcels.isEmpty || !orders.isEmpty else { return false }
        let items = parcels.prefix(Self.batch).map(FulfillmentHandler.Item.unanswered) + orders.map(FulfillmentHandler.Item.holdEnded)
        let handled = try await handle(Array(items))
        takenBack.increment(by: Int64(min(parcels.count, Self.batch)))
        holdsEnded.increment(by: Int64(orders.count))
        // What cannot be handled is found again: not without a pause.
        return handled && (parcels.count >= Self.batch || orders.count == Self.batch)
    }

    /// Handles the items; halves them where they cannot be, so that one order's fault does not stop the clock for all others. Gives
    /// whether all were handled.
    private func handle(_ items: [FulfillmentHandler.Item]) async throws -> Bool {
        do {
            _ = try await handler.process(items, lane: lane)
            return true
        } catch  where error.isOfServers {
            throw error
        } catch {
            guard items.count > 1 else {
                lane.logger.error("an overdue request or hold cannot be handled", metadata: ["error": "\(error)"])
                return false
            }
            let middle = items.count / 2
            _ = try await handle(Array(items[..<middle]))
            _ = try await handle(Array(items[middle...]))
            return false
        }
    }
}
