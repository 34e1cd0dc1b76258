import Commerce
import Messages
import Testing

@Suite struct EventTests {
    @Test func examples_cover_every_type() {
        #expect(Set(EventExamples.written.map(\.type)) == Set(EventType.allCases))
    }

    @Test func an_event_is_this_text() {
        let event = OutboundEvent(
            Event.OrderBackordered(
                channel: "shop-de",
                orderID: "100042",
                version: 2,
                lines: [Event.Line(lineID: "1", sku: "A\"1", quantity: 2)]
            ),
            sequence: 2,
            time: EventExamples.time,
            role: .sourcing
        )
        #expect(event.id == "shop-de/100042/0000000002")
        #expect(event.routingKey == "order.backordered")
        #expect(
            String(decoding: event.body, as: UTF8.self) == """
                {"specversion":"1.0","id":"shop-de/100042/0000000002","source":"/oms/sourcing","type":"order.backordered","subject":"shop-de/100042",\
                "time":"2026-11-22T10:15:01.204Z","datacontenttype":"application/json","sequence":"0000000002",\
                "data":{"channel":"shop-de","orderId":"100042","version":2,"lines":[{"lineId":"1","sku":"A\\"1","quantity":2}]}}
                """
        )
    }

    @Test func a_location_hears_of_its_own_only() {
        let requested = EventExamples.written.filter { $0.type == .fulfillmentRequested || $0.type == .fulfillmentCancelled }
        #expect(Set(requested.map(\.routingKey)) == ["fulfillment.requested.ber-1", "fulfillment.cancelled.ber-1"])
    }

    @Test func every_order_event_reads_back() throws {
        for (index, data) in EventExamples.ofOrders.enumerated() {
            let written = EventExamples.written[index]
            let read = try ReceivedEvent(json: written.body)
            #expect(read.type == data.type)
            #expect(read.id == written.id)
            #expect(read.subject == data.subject)
            #expect(read.sequence == Int64(index + 1))
            #expect(read.channel == data.channel && read.orderID == data.orderID)
            #expect(read.time == EventExamples.time)
            if let shipment = data as? Event.Shipment {
                #expect(read.lines == shipment.lines && read.trackingURL == shipment.trackingURL && read.reason == shipment.reason)
                #expect(read.shipmentID == shipment.shipmentID && read.carrier == shipment.carrier && read.fulfillmentID == "F-1")
            }
            if let request = data as? Event.FulfillmentRequested {
                #expect(read.shippingAddress == request.shippingAddress && read.lines == request.lines && read.location == "ber-1")
            }
            if let sourced = data as? Event.OrderSourced {
                #expect(read.fulfillments == sourced.fulfillments && read.version == 2 && read.delivery == sourced.delivery)
            }
            if case .ready(let id, let until) = (data as? Event.Pickup)?.kind { #expect(read.pickupID == id && read.keepUntil == until) }
            if let transfer = data as? Event.Transfer { #expect(read.lines == transfer.lines && read.location == "ham-store") }
            if let request = data as? Event.FulfillmentRequested { #expect(read.pickupLocation == request.pickupLocation) }
            if let waiting = data as? Event.OrderBackordered { #expect(read.lines == waiting.lines) }
            if let changed = data as? Event.OrderPromiseChanged {
                #expect(read.lines == changed.lines && read.version == 3 && read.delivery == changed.delivery)
            }
            if let invoice = data as? Event.InvoiceIssued { #expect(read.number == invoice.number) }
        }
    }

    @Test(arguments: Sample.events)
    func a_sample_event_reads(_ sample: Sample) throws {
        let event = try ReceivedEvent(json: sample.body)
        #expect(event.type.rawValue == sample.type)
    }

    @Test func ids_are_unique_bounded_and_repeatable() {
        let long = String(repeating: "😀", count: 64)
        let ids = [
            EventID.order(channel: "a", orderID: "b", sequence: 1), EventID.order(channel: "a", orderID: "b/0000000001", sequence: 1),
            EventID.order(channel: "a", orderID: "b", sequence: 11),
            EventID.order(channel: String(repeating: "c", count: 64), orderID: long, sequence: 1),
            EventID.order(channel: String(repeating: "c", count: 64), orderID: long, sequence: 2),
            EventID.rejection(type: "order.placed", messageID: "m-1", body: []),
            EventID.rejection(type: "order.placed", messageID: nil, body: [1]),
            EventID.rejection(type: "order.placed", messageID: nil, body: [2]),
            EventID.rejection(type: "stock.reported", messageID: nil, body: [2]),
            EventID.rejection(type: "order.placed", messageID: String(repeating: "m", count: 255), body: []),
        ]
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.utf8.count <= EventID.maximumBytes })
        #expect(EventID.rejection(type: "t", messageID: "m", body: [1]) == EventID.rejection(type: "t", messageID: "m", body: [2]))
        #expect(EventID.sequence(7) == "0000000007")
    }

    @Test func replies_are_these_texts() {
        #expect(String(decoding: Reply.accepted(id: "1\"2").json(), as: UTF8.self) == #"{"accepted":true,"id":"1\"2"}"#)
        let refusal = MessageRefusal(.invalidField, path: "/a~1b", "The value must be an integer.")
        #expect(
            String(decoding: Reply.refused(refusal).json(), as: UTF8.self)
                == #"{"accepted":false,"code":"invalid_field","path":"/a~1b","message":"The value must be an integer."}"#
        )
    }
}
