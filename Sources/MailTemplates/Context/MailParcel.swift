/// A parcel on its way, or arrived.
package struct MailParcel: Sendable, Hashable {
    package var carrier: String
    package var trackingNumber: String
    /// Shown as a link only where it is `http` or `https`; else left out.
    package var trackingURL: String?
    package var items: [MailItem]

    package init(carrier: String, trackingNumber: String, trackingURL: String? = nil, items: [MailItem]) {
        self.carrier = carrier
        self.trackingNumber = trackingNumber
        self.trackingURL = trackingURL
        self.items = items
    }
}
