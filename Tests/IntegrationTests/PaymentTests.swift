import Postgres
import TestSupport
import Testing

/// An order waits while a payment is pending.
@Suite(.timeLimit(.minutes(15)))
struct PaymentTests {
    private let order = Order("1", of: "A", 2).with {
        $0.payments = [
            ["paymentId": "p-1", "method": "card", "status": "pending", "amount": 1_500],
            ["paymentId": "p-2", "method": "voucher", "status": "pending", "amount": 500],
        ]
    }

    @Test func an_order_is_sourced_once_no_payment_is_pending() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5)])
            try await shop.place(order)
            try await shop.event("order.accepted", of: order)
            try await shop.accepted("payment.authorized", shop.payment(order, "t-1", amount: 1_500))
            #expect(try await shop.status(order) == 1)
            #expect(try await shop.level("A", at: "ber").reserved == 0)
            try await shop.accepted("payment.captured", shop.payment(order, "t-2", payment: "p-2", amount: 500))
            _ = try await shop.sourced(order)
            // An authorization that comes after the capture takes nothing back.
            try await shop.accepted("payment.authorized", shop.payment(order, "t-3", payment: "p-2", amount: 500))
            let row = try await shop.query("SELECT status, captured FROM payment WHERE id = 'p-2'").only()
            #expect(try row.int2(0) == 3)
            #expect(try row.int8(1) == 500)
        }
    }

    @Test func a_payment_that_fails_cancels_the_order() async throws {
        try await withShop { shop in
            try await shop.stock("ber", [("A", 5)])
            try await shop.place(order)
            try await shop.accepted("payment.failed", shop.payment(order, "t-1", amount: 1_500))
            let told = try await shop.event("order.cancelled", of: order)
            #expect(told["reason"] == "payment_failed")
            #expect(told["lines"] == [["lineId": "1", "sku": "A", "quantity": 2]])
            try await shop.event("order.completed", of: order)
            try await shop.accepted("payment.authorized", shop.payment(order, "t-2", amount: 1_500))
            #expect(try await shop.status(order) == 8)
            #expect(try await shop.level("A", at: "ber").reserved == 0)
        }
    }

    @Test func another_currency_is_refused() async throws {
        try await withShop { shop in
            try await shop.place(order)
            var report = shop.payment(order, "t-1")
            report["currency"] = "USD"
            try await shop.refused("payment.authorized", report, "currency_mismatch", path: "/currency")
        }
    }
}
