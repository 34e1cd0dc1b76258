import RabbitMQ
import TestSupport
import Testing
import Workers

/// Mails: the right ones, once, and what becomes of those a server does not want.
@Suite(.timeLimit(.minutes(15)))
struct MailTests {
    private func order(_ id: String, to address: String, channel: String = "mails-only", quantity: Int64 = 1) -> Order {
        Order(id, of: "A", quantity).with {
            $0.channel = channel
            $0.email = address
        }
    }

    @Test func backorder_and_cancellation_are_mailed_and_invoices_only_where_wanted() async throws {
        try await withShop { shop in
            let customer = Shop.address()
            let order = order("1", to: customer, quantity: 2)
            try await shop.place(order)
            try await shop.event("order.backordered", of: order)
            try await shop.stock("ber", [("A", 2)])
            let parcel = try #require(try await shop.sourced(order).first)
            try await shop.dispatch(parcel, [("1", 1)])
            try await shop.event("invoice.issued", of: order)
            try await shop.accepted("order.cancelled", shop.cancellation(order))
            try await eventually("four mails are told") { try shop.events("email.sent", of: order).count == 4 }
            #expect(
                Set(try shop.events("email.sent", of: order).compactMap { $0["data"]["template"].string })
                    == ["order_confirmation", "order_backordered", "shipment_dispatched", "order_cancelled"]
            )
            try await eventually("the mailing queue is empty") {
                try await shop.waiting(in: "oms.mailing") == 0
            }
            #expect(try shop.mails(to: customer).count == 4)
            #expect(!(try shop.mails(to: customer).contains { $0.contains("application/pdf") }))
        }
    }

    @Test func an_event_told_twice_is_mailed_once() async throws {
        try await withShop { shop in
            let customer = Shop.address()
            let order = order("1", to: customer)
            try await shop.place(order)
            try await eventually("two mails are told") { try shop.events("email.sent", of: order).count == 2 }
            // As a relay does that could not know of the first time.
            for heard in shop.listener.events where heard.type == "order.accepted" {
                var message = shop.message(heard.type, heard.body, messageID: heard.id, contentType: "application/cloudevents+json")
                message.exchange = "oms.events"
                try await shop.publish([message, message])
            }
            let last = self.order("2", to: customer)
            try await shop.place(last)
            try await eventually("the last order's mails are told") { try shop.events("email.sent", of: last).count == 2 }
            #expect(try shop.mails(to: customer).count == 4)
        }
    }

    @Test func a_mail_refused_for_good_goes_to_the_desk() async throws {
        try await withShop { shop in
            let order = order("1", to: Shop.address("refuse-permanent"))
            try await shop.place(order)
            let entries = try await shop.desk(has: 2)
            #expect(entries.allSatisfy { $0.code == "mail_refused" && $0.orderID == "1" })
            #expect(try shop.events("email.sent").isEmpty)
        }
    }

    @Test func a_mail_put_off_is_tried_again() async throws {
        try await withShop { shop in
            let customer = Shop.address("refuse-once")
            let order = order("1", to: customer)
            try await shop.place(order)
            // Five seconds later.
            try await eventually("both mails are told") { try shop.events("email.sent", of: order).count == 2 }
            #expect(try shop.mails(to: customer).count == 2)
            #expect(try await shop.desk().isEmpty)
        }
    }

    @Test func many_mails_that_wait_go_out_each_once() async throws {
        try await withShop([.intake, .sourcing, .relay]) { shop in
            let customer = Shop.address()
            try await shop.place((1...60).map { order("\($0)", to: customer) })
            try await shop.event("order.backordered", count: 60)
            let worker = try shop.work([.mailing])
            try await eventually("120 mails are told") { try shop.events("email.sent").count == 120 }
            try await worker.stop()
            let mails = try shop.mails(to: customer)
            #expect(mails.count == 120)
            let ids = mails.compactMap { mail in
                mail.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("message-id:") }
            }
            #expect(Set(ids).count == 120)
        }
    }

    @Test func while_no_server_takes_mails_all_are_put_off_and_each_goes_out_once_later() async throws {
        try await withShop([.intake, .sourcing, .relay]) { shop in
            let customer = Shop.address()
            try await shop.place((1...60).map { order("\($0)", to: customer) })
            try await shop.event("order.backordered", count: 60)
            let cut = try shop.work([.mailing], smtpURL: "smtp://127.0.0.1:1")
            try await eventually("all mails are put off") { try await shop.waiting(in: "oms.mailing") == 0 }
            try await cut.stop()
            #expect(try shop.events("email.sent").isEmpty)
            let worker = try shop.work([.mailing])
            try await eventually("120 mails are told") { try shop.events("email.sent").count == 120 }
            try await worker.stop()
            #expect(try shop.mails(to: customer).count == 120)
            #expect(try await shop.desk().isEmpty)
        }
    }
}
