internal import Commerce

/// A message of the world, read and checked field by field, not yet against what the system knows.
package enum InboundMessage: Hashable, Sendable {
    case orderPlaced(OrderPlaced)
    case orderCancelled(OrderCancelled)
    case stockReported(StockReported)
    case stockAdjusted(StockAdjusted)
    case stockBlocked(StockBlocked)
    case stockReleased(StockReleased)
    case stockExpected(StockExpected)
    case locationDefined(LocationDefined)
    case fulfillmentAccepted(FulfillmentAccepted)
    case fulfillmentRejected(FulfillmentRejected)
    case shipmentDispatched(ShipmentDispatched)
    /// `shipment.delivered` and `shipment.failed`.
    case shipmentEnded(ShipmentEnded)
    /// `payment.authorized`, `.captured`, `.refunded` and `.failed`.
    case payment(PaymentReported)
    case returnRequested(ReturnRequested)
    case returnReceived(ReturnReceived)
    case reservationRequested(ReservationRequested)
    case reservationReleased(ReservationReleased)
    case orderReroute(OrderReroute)
    case orderRelease(OrderRelease)
    case pickupReady(PickupReady)
    case pickupCollected(PickupCollected)

    /// What all of them have in common.
    package var body: any InboundBody {
        switch self {
        case .orderPlaced(let message): message
        case .orderCancelled(let message): message
        case .stockReported(let message): message
        case .stockAdjusted(let message): message
        case .stockBlocked(let message): message
        case .stockReleased(let message): message
        case .stockExpected(let message): message
        case .locationDefined(let message): message
        case .fulfillmentAccepted(let message): message
        case .fulfillmentRejected(let message): message
        case .shipmentDispatched(let message): message
        case .shipmentEnded(let message): message
        case .payment(let message): message
        case .returnRequested(let message): message
        case .returnReceived(let message): message
        case .reservationRequested(let message): message
        case .reservationReleased(let message): message
        case .orderReroute(let message): message
        case .orderRelease(let message): message
        case .pickupReady(let message): message
        case .pickupCollected(let message): message
        }
    }

    package var type: InboundType { body.type }

    /// The channel and the order it is about, where it names them.
    package var order: (channel: String, orderID: String)? {
        switch self {
        case .orderPlaced(let message): (message.order.channel, message.order.orderID)
        case .orderCancelled(let message): (message.channel, message.orderID)
        case .payment(let message): (message.channel, message.orderID)
        case .returnRequested(let message): (message.channel, message.orderID)
        case .orderReroute(let message): (message.channel, message.orderID)
        case .orderRelease(let message): (message.channel, message.orderID)
        case .pickupReady(let message): (message.channel, message.orderID)
        case .pickupCollected(let message): (message.channel, message.orderID)
        default: nil
        }
    }
}
