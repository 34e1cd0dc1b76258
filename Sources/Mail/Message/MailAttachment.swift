/// A file that travels with a mail.
package struct MailAttachment: Sendable, Hashable {
    /// Any text; what cannot stand in a file name becomes `_`.
    package var filename: String
    /// For example `application/pdf`; may carry parameters.
    package var contentType: String
    package var bytes: [UInt8]

    package init(filename: String, contentType: String, bytes: [UInt8]) {
        self.filename = filename
        self.contentType = contentType
        self.bytes = bytes
    }
}
