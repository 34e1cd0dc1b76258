package import Messages

extension EventType {
    /// The number under which an order's event is stored; never given twice. 0 for events that are not an order's.
    package var storedNumber: Int16 {
        switch self {
        case .orderAccepted: 1
        case .orderSourced: 2
        case .orderBackordered: 3
        case .orderCancelled: 4
        case .orderCompleted: 5
        case .orderPromiseChanged: 9
        case .fulfillmentRequested: 10
        case .fulfillmentCancelled: 11
        case .shipmentDispatched: 20
        case .shipmentDelivered: 21
        case .shipmentFailed: 22
        case .shipmentUnexpected: 23
        case .invoiceIssued: 30
        case .creditNoteIssued: 31
        case .paymentCaptureRequested: 40
        case .paymentRefundRequested: 41
        case .emailSent: 50
        case .stockBackInStock, .stockLow: 0
        case .orderHeld: 60
        case .fulfillmentLateAnswer: 61
        case .orderHandedOver: 80
        case .pickupReady: 81
        case .pickupCollected: 82
        case .pickupExpired: 83
        case .transferDispatched: 84
        case .transferArrived: 85
        case .stockChanged, .stockShortfall, .messageRejected: 0
        case .reservationGranted, .reservationRefused, .reservationReleased, .reservationExpired: 0
        case .locationFeedLate, .locationDropped, .locationRestored, .feedSuspicious: 0
        }
    }

    /// The type stored under a number; `nil` for one that a newer version wrote.
    package init?(storedNumber: Int16) {
        guard storedNumber > 0, let type = EventType.allCases.first(where: { $0.storedNumber == storedNumber }) else { return nil }
        self = type
    }
}
