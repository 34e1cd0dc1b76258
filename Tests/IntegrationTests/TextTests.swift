import TestSupport
import Testing

/// Texts of all kinds, and orders of all sizes.
@Suite(.timeLimit(.minutes(15)))
struct TextTests {
    private static let texts = [
        "💡👩🏽‍🚀🇩🇪", "שלום עולם", "مصباح أحمر", "\u{202E}evil\u{202C}", #"He said "no" \ 'yes'"#, "<script>alert('x')</script> & Co.",
        "Zu\u{308}rich", "Z\u{FC}rich", "'; DROP TABLE orders; --", "{{name}} {{{raw}}}", "日本語のランプ", "a\u{200B}b", "%s %n \\x00",
    ]

    @Test func every_text_goes_through_to_the_mail() async throws {
        try await withShop { shop in
            try await shop.stock("ber", Self.texts.map { ($0, 5) })
            let customer = Shop.address()
            let order = Order("Ünï-💡-שלום", Self.texts.map { ($0, 1) }).with { order in
                order.channel = "mails"
                order.email = customer
                order.name = "Zoë \"Zo\" <O'Brien> 💡"
                for index in order.lines.indices { order.lines[index].name = Self.texts[index] }
            }
            try await shop.place(order)
            let parcel = try #require(try await shop.sourced(order).first)
            let requested = try await shop.event("fulfillment.requested", of: order)
            #expect(requested["lines"].array.map { Array($0["name"].string?.utf8 ?? "".utf8) } == Self.texts.map { Array($0.utf8) })
            #expect(requested["shippingAddress"]["name"].string == order.name)
            try await shop.dispatch(parcel)
            try await shop.event("invoice.issued", of: order)
            try await eventually("three mails are told") { try shop.events("email.sent", of: order).count == 3 }
            #expect(try shop.mails(to: customer).count == 3)
            #expect(!(try shop.mails(to: customer).contains { $0.contains("<script>") }), "texts are escaped")
        }
    }

    @Test func ids_are_compared_byte_by_byte() async throws {
        try await withShop { shop in
            // Composed, decomposed, in capitals, with a dot that cannot be seen: four SKUs, and four orders.
            let names = ["Z\u{FC}rich", "Zu\u{308}rich", "Z\u{DC}RICH", "Z\u{FC}rich\u{200B}"]
            try await shop.stock("ber", names.enumerated().map { ($1, Int64($0 + 1)) })
            for name in names { try await shop.place(Order(name, of: name)) }
            try await eventually("all are sourced") { try shop.events("order.sourced").count == names.count }
            #expect(try await shop.count("orders") == 4)
            for (index, name) in names.enumerated() {
                let level = try await shop.level(name, at: "ber")
                #expect(level == (Int64(index + 1), 1))
            }
            try await shop.accepted("order.cancelled", shop.cancellation(Order(names[1], of: names[1])))
            #expect(try await shop.number("SELECT count(*) FROM orders WHERE status = 8") == 1)
            #expect(try await shop.level(names[1], at: "ber").reserved == 0)
        }
    }

    @Test func lines_may_be_many_and_of_the_same_sku() async throws {
        try await withShop { shop in
            // The longest invoice of the real data has 1,114 lines.
            let order = Order("long", (0..<1_114).map { ("SKU-\($0 % 900)", 1) })
            try await shop.stock("ber", (0..<600).map { ("SKU-\($0)", 2) })
            try await shop.stock("ham", (500..<900).map { ("SKU-\($0)", 2) })
            try await shop.place(order)
            let parcels = try await shop.sourced(order)
            #expect(parcels.count == 2)
            #expect(parcels.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.quantity } } == 1_114)
            for parcel in parcels { try await shop.dispatch(parcel) }
            try await shop.event("order.completed", of: order)
            try await shop.event("invoice.issued", of: order, count: 2)
            #expect(try await shop.number("SELECT sum(total)::bigint FROM invoice") == order.total)
        }
    }

    @Test func the_largest_order_there_may_be_is_taken_and_one_line_more_is_not() async throws {
        try await withShop { shop in
            let order = Order("max", (0..<5_000).map { ("S\($0)", 1) })
            try await shop.place(order)
            #expect(try await shop.event("order.backordered", of: order)["lines"].array.count == 5_000)
            try await shop.refused(
                "order.placed",
                Order("more", (0..<5_001).map { ("S\($0)", 1) }).body,
                "invalid_field",
                path: "/lines/5000"
            )
        }
    }
}
