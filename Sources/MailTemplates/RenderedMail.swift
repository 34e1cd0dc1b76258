/// A mail's texts, ready to be sent.
package struct RenderedMail: Sendable, Hashable {
    /// One line.
    package var subject: String
    package var text: String
    package var html: String
    /// The template set that was used: `de`, `de-AT`.
    package var locale: String
}
