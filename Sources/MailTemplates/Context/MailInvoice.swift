package import Commerce

/// What a mail says of an invoice.
package struct MailInvoice: Sendable, Hashable {
    package var number: String
    package var date: CivilDate
    /// What is to be paid, in the order's currency, minor units.
    package var total: Int64
    /// Whether the document is attached to the mail.
    package var isAttached: Bool

    package init(number: String, date: CivilDate, total: Int64, isAttached: Bool = true) {
        self.number = number
        self.date = date
        self.total = total
        self.isAttached = isAttached
    }
}
