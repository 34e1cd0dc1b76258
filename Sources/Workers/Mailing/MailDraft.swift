internal import Commerce
internal import Mail
internal import MailTemplates
internal import Messages
internal import Store

/// A mail to be written: to whom, about what.
struct MailDraft: Sendable {
    var mail: MailStore.Mail
    var context: MailContext
    var sender: Mailbox
    var recipient: Mailbox
    var eventTime: Timestamp
    /// The invoice to attach.
    var invoice: InvoiceStore.Row?
    /// The newest event of which the mail tells that goods arrive later: their customer knows then.
    var settles: Int32?

    /// Derived from what the mail is about, so that a mail sent twice can be told from two mails.
    var messageID: String {
        let reference = ContentDigest.of(Array("\(mail.template.name)/\(mail.order)/\(mail.reference)".utf8))
        let digits = Array("0123456789abcdef".utf8)
        let name = String(decoding: reference.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        let domain = sender.address.split(separator: "@").last.map(String.init) ?? "localhost"
        return "\(name)@\(domain)"
    }
}

/// What an event comes to.
enum MailDraftResult: Sendable {
    /// No mail: none is wanted, or it went out before.
    case none
    /// No mail: of goods that were to arrive later, none do any more, or none is wanted. Up to that event of the order, that is settled.
    case settled(order: Int64, upTo: Int32)
    /// What it is about is not there yet.
    case missing(MessageRefusal)
    case mail(MailDraft)
}
