package import Commerce

/// Goods as a mail lists them.
package struct MailItem: Sendable, Hashable {
    package var sku: String
    package var name: String
    package var quantity: Int64
    /// The day goods that wait are expected, where one is known.
    package var expected: CivilDate?
    /// Whether goods that wait were sold as a pre-order.
    package var preorder: Bool

    package init(sku: String, name: String, quantity: Int64, expected: CivilDate? = nil, preorder: Bool = false) {
        self.sku = sku
        self.name = name
        self.quantity = quantity
        self.expected = expected
        self.preorder = preorder
    }

    /// Some or all units of an order's line.
    ///
    /// - Parameter quantity: `nil` means all.
    package init(_ line: OrderLine, quantity: Int64? = nil) {
        self.init(sku: line.sku, name: line.name, quantity: quantity ?? line.quantity)
    }
}
