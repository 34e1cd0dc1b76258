/// A mail as it goes over the wire, and the envelope it travels in.
package struct ComposedMail: Sendable {
    /// Header and body, lines ended by CRLF, all ASCII unless ``needsInternationalAddresses``.
    package var bytes: [UInt8]
    /// Where failures are reported to.
    package var sender: String
    package var recipients: [String]
    /// An address has letters beyond ASCII before its `@`: the server must offer SMTPUTF8 (RFC 6531).
    package var needsInternationalAddresses: Bool
}
