package import Commerce
internal import Messages

/// A day of a shop's life as a script of messages: the same seed gives the same bytes.
///
/// Baskets, popularity, quantities, guests, cancellations and hours follow real trade (`RetailShape`); network, stock, payments and
/// mishaps are made up. All is told by the time the last message is sent; an order that had to wait is filled by the delivery at 17:30.
package struct ShopDay: Sendable {
    /// What the script holds, for the report.
    package struct Facts: Hashable, Sendable {
        package internal(set) var orders = 0
        package internal(set) var lines = 0
        package internal(set) var units: Int64 = 0
        /// Messages sent a second time, word for word.
        package internal(set) var repeated = 0
        package internal(set) var cancellations = 0
        package internal(set) var paymentsPending = 0
        /// Of the pending ones.
        package internal(set) var paymentsFailed = 0
        /// Messages that have to end at the dead-letter desk.
        package internal(set) var broken = 0
    }

    package let network: Network
    /// In time order.
    package let script: [ScriptMessage]
    package let facts: Facts
    /// `<channel>/<orderId>` of the orders that are cancelled, whole or in part: a player of locations holds their parcels until
    /// `order.cancelled` was told, or else the parcel may overtake the cancellation.
    package let cancelled: Set<String>

    /// - Parameters:
    ///   - orders: how many; a real day of the file has 65 on average and 141 at most.
    ///   - day: which day, UTC; best one that has passed, since times to come count as the time of receipt.
    package init(seed: UInt64, orders: Int, day: CivilDate) {
        let midnight = Timestamp(seconds: day.dayNumber * 86_400)
        let catalog = ShopCatalog()
        var source = ShopOrders(catalog: catalog, orders: orders, seed: seed)
        var random = SplitMix64(seed: SplitMix64.mix(seed))
        var (facts, cancelled): (Facts, Set<String>) = (Facts(), [])
        var script = ShopStock(catalog: catalog, orders: orders, midnight: midnight).messages()
        let seconds = (0..<max(0, orders)).map { _ in source.second() }.sorted()
        for (index, second) in seconds.enumerated() {
            let order = source.order(number: index + 1, at: midnight.adding(seconds: second))
            facts.orders += 1
            facts.lines += order.lines.count
            facts.units += order.lines.reduce(0) { $0 + $1.quantity }
            let placed = ScriptMessage(order)
            script.append(placed)
            if random.chance(0.005) {
                facts.repeated += 1
                var again = placed
                again.time = again.time.adding(seconds: 30)
                script.append(again)
            }
            if let payment = order.payments.first, payment.status == .pending {
                let (answer, hasFailed) = Self.answer(order, payment, &random)
                facts.paymentsPending += 1
                facts.paymentsFailed += hasFailed ? 1 : 0
                script.append(answer)
            } else if random.chance(RetailShape.cancelled) {
                facts.cancellations += 1
                cancelled.insert("\(order.channel)/\(order.orderID)")
                script.append(Self.cancellation(order, &random))
            }
        }
        let broken = ShopMishaps.messages(at: midnight.adding(seconds: 10 * 3_600))
        facts.broken = broken.count
        script += broken
        network = ShopNetwork.network
        // Sorted by place where times are equal, so that the script does not depend on the sorting algorithm.
        self.script = script.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
        self.facts = facts
        self.cancelled = cancelled
    }

    /// The network as the text of a network file.
    package var networkYAML: String { network.yaml }

    /// A bank transfer arrives within two hours, or (15 %) fails. Made up.
    private static func answer(_ order: PlacedOrder, _ payment: OrderPayment, _ random: inout SplitMix64) -> (ScriptMessage, Bool) {
        let time = order.placedAt.adding(seconds: 60 + Int64(random.below(7_140)))
        let hasFailed = random.chance(0.15)
        let body = PaymentReported(
            kind: hasFailed ? .failed : .authorized,
            channel: order.channel,
            orderID: order.orderID,
            paymentID: payment.paymentID,
            transactionID: "tx-\(order.orderID)",
            amount: payment.amount,
            currency: order.currency,
            method: payment.method,
            reason: hasFailed ? "insufficient funds" : nil,
            occurredAt: time
        )
        return (ScriptMessage(body, at: time), hasFailed)
    }

    private static func cancellation(_ order: PlacedOrder, _ random: inout SplitMix64) -> ScriptMessage {
        let time = order.placedAt.adding(seconds: Int64(RetailShape.secondsToCancellation.draw(&random)))
        let lines: [LineQuantity]? =
            random.chance(RetailShape.cancelledWhole) || order.lines.count < 2
            ? nil
            // Three lines on average; the first of each gives all but a unit back.
            : order.lines.shuffled(using: &random).prefix(1 + random.below(min(5, order.lines.count - 1))).enumerated().map { index, line in
                LineQuantity(lineID: line.lineID, quantity: index == 0 ? max(1, line.quantity - 1) : line.quantity)
            }
        let body = OrderCancelled(
            channel: order.channel,
            orderID: order.orderID,
            cancellationID: "cancel-1",
            reason: "changed my mind",
            lines: lines,
            occurredAt: time
        )
        return ScriptMessage(body, at: time)
    }
}
