package import Commerce

/// Everything a mail to a customer can speak of.
package struct MailContext: Sendable, Hashable {
    package var content: MailContent
    package var order: PlacedOrder
    /// The day of the order where the channel is.
    package var orderDate: CivilDate
    package var seller: Seller
    package var channel: Channel
    /// The name of the store where the customer collects the order; `nil` for delivery, or where it is not known.
    package var pickupLocationName: String?
    /// Where that store is.
    package var pickupAddress: Address?
    /// When the goods that the mail speaks of arrive, where that is known and still to come.
    package var delivery: DeliveryEstimate?

    package init(
        _ content: MailContent,
        order: PlacedOrder,
        orderDate: CivilDate,
        seller: Seller,
        channel: Channel,
        pickupLocationName: String? = nil,
        pickupAddress: Address? = nil,
        delivery: DeliveryEstimate? = nil
    ) {
        self.content = content
        self.order = order
        self.orderDate = orderDate
        self.seller = seller
        self.channel = channel
        self.pickupLocationName = pickupLocationName
        self.pickupAddress = pickupAddress
        self.delivery = delivery
    }
}
