/// What a worker can be.
package enum Role: String, Sendable, CaseIterable {
    case intake, sourcing, stock, fulfillment, invoicing, mailing, relay
}
