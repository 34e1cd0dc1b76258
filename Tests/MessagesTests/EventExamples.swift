import Commerce
import Messages

/// One event of every type and shape that the code can write.
enum EventExamples {
    static let time = Timestamp(rawValue: 1_795_342_501_204_000)
    private static let channel = "shop-de"
    private static let orderID = "№ 4711/\"ü\" \\ 😀"
    private static let lines = [Event.Line(lineID: "1", sku: "A-1", quantity: 2), Event.Line(lineID: "2", sku: "B/2", quantity: 1)]
    private static let named = [Event.Line(lineID: "1", sku: "A-1", name: "Lamp <b>", quantity: 2)]
    private static let address = Address(
        name: "Ada",
        street: "Kai 1",
        postalCode: "20457",
        city: "Hamburg",
        country: "DE",
        coordinates: nil
    )
    private static let pointed = Address(
        name: "Ada",
        street: "Kai 1",
        postalCode: "",
        city: "Hamburg",
        country: "DE",
        region: "DE-HH",
        coordinates: Coordinates(latitude: 53.55, longitude: -9.99)
    )

    private static func day(_ day: Int) -> CivilDate { CivilDate(year: 2026, month: 11, day: day) }

    static let ofOrders: [any OrderEventData] =
        [
            Event.OrderAccepted(channel: channel, orderID: orderID, version: 1),
            Event.OrderCompleted(channel: channel, orderID: orderID, version: 9),
            Event.OrderBackordered(channel: channel, orderID: orderID, version: 2, lines: lines),
            Event.OrderBackordered(
                channel: channel,
                orderID: orderID,
                version: 2,
                lines: [Event.Line(lineID: "1", sku: "A-1", quantity: 2, promisedAt: time, preorder: true)]
            ),
            Event.OrderPromiseChanged(
                channel: channel,
                orderID: orderID,
                version: 3,
                lines: [
                    Event.Line(lineID: "1", sku: "A-1", quantity: 2, promisedAt: time, deliverTo: day(27)),
                    Event.Line(lineID: "2", sku: "B/2", quantity: 1),
                    Event.Line(lineID: "3", sku: "C", quantity: 1, inStock: true),
                ]
            ),
            Event.OrderPromiseChanged(channel: channel, orderID: orderID, version: 3, lines: lines, deliverToBefore: day(25)),
            Event.OrderPromiseChanged(
                channel: channel,
                orderID: orderID,
                version: 3,
                lines: [Event.Line(lineID: "1", sku: "A-1", quantity: 2, promisedAt: time, promisedBefore: time, preorder: true)]
            ),
            Event.OrderPromiseChanged(
                channel: channel,
                orderID: orderID,
                version: 3,
                lines: lines,
                delivery: DeliveryEstimate(earliest: day(26), latest: day(27)),
                deliverToBefore: day(25)
            ),
            Event.OrderCancelled(channel: channel, orderID: orderID, version: 3, lines: lines, reason: "Ordered twice"),
            Event.OrderCancelled(channel: channel, orderID: orderID, version: 3, lines: [], reason: nil),
            Event.OrderSourced(
                channel: channel,
                orderID: orderID,
                version: 2,
                fulfillments: [
                    .init(fulfillmentID: "F-1", location: "ber-1", lines: lines),
                    .init(fulfillmentID: "F-2", location: "ham-2", lines: lines),
                ]
            ),
            Event.OrderSourced(
                channel: channel,
                orderID: orderID,
                version: 2,
                fulfillments: [
                    .init(fulfillmentID: "F-1", location: "ber-1", lines: lines, delivery: .init(earliest: day(26), latest: day(27))),
                    .init(fulfillmentID: "F-2", location: "ham-2", lines: lines, delivery: .init(earliest: day(25), latest: day(25))),
                ]
            ),
            Event.FulfillmentRequested(
                fulfillmentID: "F-1",
                channel: channel,
                orderID: orderID,
                location: "ber-1",
                shippingAddress: address,
                lines: named
            ),
            Event.FulfillmentRequested(
                fulfillmentID: "F-1",
                channel: channel,
                orderID: orderID,
                location: "ber-1",
                shippingAddress: pointed,
                lines: named
            ),
            Event.FulfillmentCancelled(
                fulfillmentID: "F-1",
                channel: channel,
                orderID: orderID,
                location: "ber-1",
                lines: lines,
                reason: "Ordered twice"
            ),
            Event.InvoiceIssued(
                number: "R00000001",
                channel: channel,
                orderID: orderID,
                shipmentID: "s-1",
                currency: "EUR",
                net: 100,
                tax: 19,
                total: 119
            ),
            Event.InvoiceIssued(
                kind: .creditNote,
                number: "R00000002",
                channel: channel,
                orderID: orderID,
                shipmentID: nil,
                currency: "JPY",
                net: 100,
                tax: 0,
                total: 100
            ),
            Event.PaymentRequested(
                kind: .capture,
                channel: channel,
                orderID: orderID,
                paymentID: "p-1",
                amount: 119,
                currency: "EUR",
                idempotencyKey: "k"
            ),
            Event.PaymentRequested(
                kind: .refund,
                channel: channel,
                orderID: orderID,
                paymentID: "p-1",
                amount: 119,
                currency: "EUR",
                idempotencyKey: "k"
            ),
            Event.OrderHeld(channel: channel, orderID: orderID, version: 5, reason: "rounds", lines: lines),
            Event.FulfillmentLateAnswer(
                fulfillmentID: "F-1",
                channel: channel,
                orderID: orderID,
                location: "ber-1",
                answer: .rejected
            ),
            Event.OrderHandedOver(
                channel: channel,
                orderID: orderID,
                version: 2,
                fulfillmentID: "F-1",
                shipmentID: "till",
                location: "ham-store",
                lines: lines
            ),
            Event.Pickup(
                kind: .ready(pickupID: "1", keepUntil: time),
                channel: channel,
                orderID: orderID,
                version: 2,
                location: "ham-store",
                lines: lines
            ),
            Event.Pickup(
                kind: .collected(pickupID: "1"),
                channel: channel,
                orderID: orderID,
                version: 2,
                location: "ham-store",
                lines: lines
            ),
            Event.Pickup(kind: .expired, channel: channel, orderID: orderID, version: 2, location: "ham-store", lines: lines),
            Event.FulfillmentRequested(
                fulfillmentID: "F-1",
                channel: channel,
                orderID: orderID,
                location: "ber-1",
                shippingAddress: address,
                pickupLocation: "ham-store",
                lines: named
            ),
            Event.EmailSent(
                channel: channel,
                orderID: orderID,
                template: "order-confirmation",
                recipientHash: Event.EmailSent.hash(recipient: "ada@example.com")
            ),
        ]
        + Event.Transfer.Kind.allCases.map {
            Event.Transfer(
                kind: $0,
                channel: channel,
                orderID: orderID,
                fulfillmentID: "F-1",
                shipmentID: "s-1",
                location: "ham-store",
                carrier: "DHL",
                trackingNumber: "",
                trackingURL: $0 == .dispatched ? "https://track.example/0034" : nil,
                lines: lines
            )
        }
        + Event.Shipment.Kind.allCases.map {
            Event.Shipment(
                kind: $0,
                channel: channel,
                orderID: orderID,
                fulfillmentID: "F-1",
                shipmentID: "s-1",
                carrier: "DHL",
                trackingNumber: "0034",
                trackingURL: $0 == .dispatched ? "https://track.example/0034" : nil,
                lines: lines,
                reason: $0 == .failed ? "Nobody there" : nil
            )
        }

    static let others: [any EventData] =
        Event.Reservation.Kind.allCases.map { kind in
            Event.Reservation(
                kind: kind,
                channel: channel,
                basketID: orderID,
                lines: [.init(sku: "A-1", quantity: 2), .init(sku: "B/2", quantity: 1)],
                expiresAt: kind == .granted ? time : nil,
                refusal: kind == .refused ? MessageRefusal(.insufficientStock, path: "/lines/0/quantity", "Only 1 unit can be kept.") : nil
            )
        } + [
            Event.Stock(
                kind: .changed,
                sku: "A-1",
                available: 38,
                channels: [.init(channel: "market", available: 30), .init(channel: "shop-de", available: 38)],
                locations: [.init(location: "ber-1", available: 38)]
            ),
            Event.StockCrossing(kind: .backInStock, sku: "A-1", available: 40, channels: [.init(channel: "shop-de", available: 40)]),
            Event.StockCrossing(kind: .low(threshold: 5), sku: "A-1", available: 0, channels: []),
            Event.Stock(kind: .shortfall, sku: "A-1", available: 0, locations: [.init(location: "ber-1", available: -2)]),
            Event.LocationFeed(
                kind: .late,
                location: "ber-1",
                missedIntervals: 2,
                bufferPercent: 20,
                intervalMinutes: 60,
                lastFeedAt: time
            ),
            Event.LocationFeed(
                kind: .dropped,
                location: "ber-1",
                missedIntervals: 5,
                bufferPercent: 50,
                intervalMinutes: 60,
                lastFeedAt: time
            ),
            Event.LocationFeed(
                kind: .restored,
                location: "ber-1",
                missedIntervals: 0,
                bufferPercent: 0,
                intervalMinutes: nil,
                lastFeedAt: time
            ),
            Event.FeedSuspicious(kind: .gap, location: "ber-1", sequence: 9, expectedSequence: 7),
            Event.FeedSuspicious(kind: .repeat, location: "ber-1", sequence: 3, expectedSequence: 7),
            Event.FeedSuspicious(kind: .jump, location: "ber-1", sequence: 9, skus: 12),
            Event.MessageRejected(
                rejectedType: "order.placed",
                refusal: MessageRefusal(.invalidField, path: "/lines/0/quantity", "The value must be an integer."),
                messageID: "m-1",
                channel: channel,
                orderID: orderID
            ),
            Event.MessageRejected(
                rejectedType: "",
                refusal: MessageRefusal(.unsupportedType, "No message of this type is known."),
                messageID: nil
            ),
            Event.MessageRejected(
                rejectedType: "a\u{0}b",
                refusal: MessageRefusal(.conflict, "Another one came first."),
                messageID: "\u{1}\u{7F}"
            ),
        ]

    static let written: [OutboundEvent] =
        ofOrders.enumerated().map { index, data in
            OutboundEvent(data, sequence: Int64(index + 1), time: time, role: .fulfillment)
        }
        + others.enumerated().map { index, data in
            OutboundEvent(data, id: EventID.thing("test", data.subject, Int64(index)), time: time, role: .stock)
        }
}
