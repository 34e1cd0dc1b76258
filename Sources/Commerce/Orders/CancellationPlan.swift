/// Which units a cancellation takes: never shipped ones; units that still wait first, as nobody has touched them; then reserved ones, of the
/// youngest parcel first, as it is least likely to be packed.
package struct CancellationPlan: Hashable, Sendable {
    /// Units of an open parcel that were not shipped.
    package struct OpenUnits: Hashable, Sendable {
        /// Parcels are numbered as they come: the higher, the younger.
        package var fulfillment: Int64
        package var line: Int
        package var quantity: Int64

        package init(fulfillment: Int64, line: Int, quantity: Int64) {
            self.fulfillment = fulfillment
            self.line = line
            self.quantity = quantity
        }
    }

    /// Waiting units to cancel, by ascending line.
    package var waiting: [LineUnits]
    /// Reserved units to give back, the youngest parcel first, then by line.
    package var reserved: [OpenUnits]

    /// - Parameters:
    ///   - requested: what is to be cancelled; `nil` for everything that is open. A line named twice counts with the sum.
    ///   - fulfillments: what the order's parcels still hold; sums up to the reserved units of each line.
    /// - Throws: `not_cancellable` where more is asked than is open, at `/lines/<place in requested>/quantity`, or at `/orderId` where
    ///   nothing is open at all. Nothing is cancelled in part.
    package init(of order: OrderState, requested: [LineUnits]?, fulfillments: [OpenUnits]) throws(OrderRefusal) {
        guard order.open > 0 else {
            throw OrderRefusal(.notCancellable, "/orderId", "Nothing of the order is open: all was shipped or cancelled.")
        }
        let wanted = try Self.wanted(requested, of: order)
        waiting = []
        var fromReserved: [Int: Int64] = [:]
        for (line, quantity) in wanted.sorted(by: { $0.key < $1.key }) {
            let first = min(quantity, order.lines[line].waiting)
            if first > 0 { waiting.append(LineUnits(line: line, quantity: first)) }
            if quantity > first { fromReserved[line] = quantity - first }
        }
        reserved = []
        let youngestFirst = fulfillments.sorted { $0.fulfillment == $1.fulfillment ? $0.line < $1.line : $0.fulfillment > $1.fulfillment }
        for units in youngestFirst {
            guard let left = fromReserved[units.line], left > 0, units.quantity > 0 else { continue }
            let taken = min(left, units.quantity)
            reserved.append(OpenUnits(fulfillment: units.fulfillment, line: units.line, quantity: taken))
            fromReserved[units.line] = left - taken
        }
        guard fromReserved.values.allSatisfy({ $0 == 0 }) else {
            throw OrderRefusal(.notCancellable, "/orderId", "The order's parcels hold fewer units than it has reserved.")
        }
    }

    /// The command that makes the order follow the plan.
    package var command: OrderCommand {
        .cancel(waiting: waiting, reserved: reserved.map { LineUnits(line: $0.line, quantity: $0.quantity) })
    }

    private static func wanted(_ requested: [LineUnits]?, of order: OrderState) throws(OrderRefusal) -> [Int: Int64] {
        var wanted: [Int: Int64] = [:]
        guard let requested else {
            for (line, quantities) in order.lines.enumerated() where quantities.open > 0 { wanted[line] = quantities.open }
            return wanted
        }
        for (index, units) in requested.enumerated() {
            guard order.lines.indices.contains(units.line) else {
                throw OrderRefusal(.invalidField, "/lines/\(index)/lineId", "The order has no such line.")
            }
            guard units.quantity > 0 else { throw OrderRefusal(.invalidField, "/lines/\(index)/quantity", "A quantity is 1 or more.") }
            let (sum, overflow) = wanted[units.line, default: 0].addingReportingOverflow(units.quantity)
            let open = order.lines[units.line].open
            guard !overflow, sum <= open else {
                throw OrderRefusal(.notCancellable, "/lines/\(index)/quantity", "Only \(open) units of the line are open.")
            }
            wanted[units.line] = sum
        }
        return wanted
    }
}
