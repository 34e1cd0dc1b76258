/// A mail address with the name of whoever reads there.
package struct Mailbox: Sendable, Hashable {
    /// Any text; control characters become spaces when it is written into a header.
    package var name: String?
    /// `local@domain`; letters beyond ASCII are allowed on both sides. Checked when the mail is composed.
    package var address: String

    package init(name: String? = nil, address: String) {
        self.name = name
        self.address = address
    }
}
