/// Where the units of one order line are. `ordered` = `waiting` + `reserved` + `shipped` + `cancelled`, always.
package struct LineQuantities: Hashable, Sendable {
    /// Wait for stock, or for a payment.
    package var waiting: Int64
    /// Reserved and requested from a location.
    package var reserved: Int64
    package var shipped: Int64
    package var cancelled: Int64

    package init(waiting: Int64, reserved: Int64 = 0, shipped: Int64 = 0, cancelled: Int64 = 0) {
        self.waiting = waiting
        self.reserved = reserved
        self.shipped = shipped
        self.cancelled = cancelled
    }

    package var ordered: Int64 { waiting + reserved + shipped + cancelled }
    /// Neither shipped nor cancelled.
    package var open: Int64 { waiting + reserved }
}

/// Units of one line, by the line's place in its order.
package struct LineUnits: Hashable, Sendable {
    package var line: Int
    package var quantity: Int64

    package init(line: Int, quantity: Int64) {
        self.line = line
        self.quantity = quantity
    }
}
