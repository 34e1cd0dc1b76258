import Commerce
import Messages
import Simulation
import Testing

struct RetailReplayTests {
    private static func orders(_ steps: [ReplayStep]) throws -> [PlacedOrder] {
        try steps.told("order.placed").map { try PlacedOrder(json: $0.body) }
    }

    @Test func rows_of_an_invoice_make_an_order_with_its_charges() throws {
        let fixture = try RetailFixture(
            """
            1,85123A,"HEART, ""WHITE"" HOLDER",6,2011-06-01 08:26:00,2.55,17850,United Kingdom
            1,85123a,lower case,1,2011-06-01 08:26:00,1.00,17850,United Kingdom
            1,85123A,"HEART, ""WHITE"" HOLDER",6,2011-06-01 08:27:00,2.55,17850,United Kingdom
            1,POST,POSTAGE,2,2011-06-01 08:26:00,18.00,17850,United Kingdom
            1,D,Discount,-1,2011-06-01 08:26:00,5.00,17850,United Kingdom
            1,22139,FREE GIFT,1,2011-06-01 08:26:00,0.0,17850,United Kingdom

            """
        )
        let (steps, counts) = try fixture.replayed()
        let order = try #require(try Self.orders(steps).first)
        #expect(order.lines.map(\.sku) == ["85123A", "85123a", "85123A", "22139"])
        #expect(order.lines.map(\.lineID) == ["1", "2", "3", "6"])
        #expect(order.lines.first?.name == "HEART, \"WHITE\" HOLDER")
        #expect(order.placedAt.rfc3339 == "2011-06-01T07:26:00Z")
        #expect(order.shipping?.price == 3_600)
        #expect(order.discounts.map(\.amount) == [500])
        // (2 × 6 × 2.55 + 1.00 + 36.00 − 5.00) × 1.2
        #expect(order.total == 7_512)
        #expect(try order.check() == 0)
        #expect(counts.destinations == [.orderLine: 4, .shippingCharge: 1, .orderDiscount: 1])
        #expect(steps.told("order.placed").map(\.rows) == [6])
    }

    @Test func a_cancellation_before_shipment_is_one_and_a_later_one_is_a_return() throws {
        let fixture = try RetailFixture(
            """
            1,23843,PAPER CRAFT,80995,2011-12-09 09:15:00,2.08,16446,United Kingdom
            C2,23843,PAPER CRAFT,-80995,2011-12-09 09:27:00,2.08,16446,United Kingdom
            3,23843,PAPER CRAFT,5,2011-12-09 10:00:00,2.08,16446,United Kingdom
            4,23843,PAPER CRAFT,2,2011-12-09 10:05:00,2.08,16446,United Kingdom
            C5,23843,PAPER CRAFT,-4,2011-12-09 10:06:00,2.08,16446,United Kingdom
            C6,23843,PAPER CRAFT,-2,2011-12-09 15:00:00,2.08,16446,United Kingdom
            C7,23843,PAPER CRAFT,-2,2011-12-09 15:00:00,2.08,16446,United Kingdom
            C8,23843,PAPER CRAFT,-1,2011-12-09 15:01:00,2.08,,United Kingdom

            """
        )
        let (steps, counts) = try fixture.replayed()
        let cancelled = try steps.told("order.cancelled").map { message in
            let decoded = try InboundDecoder.decode(
                type: message.type,
                contentType: nil,
                body: message.body,
                receivedAt: Timestamp(seconds: 1_780_000_000)
            )
            guard case .orderCancelled(let body) = decoded else { throw MessageRefusal(.unsupportedType, "another type") }
            return body
        }
        // C5 passes by the newest order, which has too few units.
        #expect(cancelled.map(\.orderID) == ["1", "3"])
        #expect(cancelled.map(\.cancellationID) == ["C2", "C5"])
        #expect(cancelled.map { $0.lines?.map(\.quantity) } == [[80_995], [4]])
        #expect(
            counts.destinations
                == [.orderLine: 3, .cancellation: 2, .returnNotSupported: 1, .cancellationWithoutSale: 1, .cancellationOfGuest: 1]
        )
        let releases = steps.compactMap { step in if case .release(let release) = step { release } else { nil } }
        #expect(releases.map(\.orderID) == ["1", "3", "4"])
        #expect(releases.map(\.cancellations) == [1, 1, 0])
        #expect(releases.first?.time.rfc3339 == "2011-12-09T13:15:00Z")
    }

    @Test func write_offs_and_finds_adjust_the_stock() throws {
        let fixture = try RetailFixture(
            """
            1,22139,damages,-20,2011-01-05 09:00:00,0.0,,United Kingdom
            2,22139,found,12,2011-01-05 09:05:00,0,,United Kingdom
            3,22139,,-1,2011-01-05 09:06:00,0.0,,United Kingdom

            """
        )
        let (steps, counts) = try fixture.replayed()
        let adjusted = try steps.told("stock.adjusted").map { message in
            let decoded = try InboundDecoder.decode(
                type: message.type,
                contentType: nil,
                body: message.body,
                receivedAt: Timestamp(seconds: 1_780_000_000)
            )
            guard case .stockAdjusted(let body) = decoded else { throw MessageRefusal(.unsupportedType, "another type") }
            return body
        }
        #expect(adjusted.map(\.delta) == [-20, 12, -1])
        #expect(adjusted.map(\.reason) == ["damages", "found", "unexplained"])
        #expect(counts.destinations == [.stockAdjustment: 3])
    }

    struct Skipped: Sendable {
        var row: String
        var destination: RowDestination
    }

    @Test(arguments: [
        Skipped(row: "1,M,Manual,1,2011-01-05 09:00:00,5.0,1,EIRE", destination: .manual),
        Skipped(row: "1,m,Manual,1,2011-01-05 09:00:00,5.0,1,EIRE", destination: .manual),
        Skipped(row: "C1,S,SAMPLES,-1,2011-01-05 09:00:00,5.0,,EIRE", destination: .sample),
        Skipped(row: "C1,BANK CHARGES,x,-1,2011-01-05 09:00:00,5.0,,EIRE", destination: .bankCharges),
        Skipped(row: "C1,AMAZONFEE,x,-1,2011-01-05 09:00:00,5.0,,EIRE", destination: .marketplaceFee),
        Skipped(row: "C1,CRUK,x,-1,2011-01-05 09:00:00,5.0,1,EIRE", destination: .commission),
        Skipped(row: "1,PADS,x,1,2011-01-05 09:00:00,0.001,1,EIRE", destination: .cushionPads),
        Skipped(row: "A1,B,Adjust bad debt,1,2011-01-05 09:00:00,-11062.06,,EIRE", destination: .badDebt),
        Skipped(row: "1,gift_0001_20,x,1,2011-01-05 09:00:00,16.67,,EIRE", destination: .giftVoucher),
        Skipped(row: "1,POST,x,1,2011-01-05 09:00:00,18.0,1,EIRE", destination: .chargeWithoutGoods),
        Skipped(row: "C1,POST,x,-1,2011-01-05 09:00:00,18.0,1,EIRE", destination: .chargeReversal),
        Skipped(row: "C1,D,x,-1,2011-01-05 09:00:00,18.0,1,EIRE", destination: .discountAfterSale),
        Skipped(row: "1,22139,x,1,2011-01-05 09:00:00,-1.0,1,EIRE", destination: .negativePrice),
        Skipped(row: "1,22139,x,-1,2011-01-05 09:00:00,1.0,1,EIRE", destination: .negativeSale),
        Skipped(row: "1,22139,x,1000001,2011-01-05 09:00:00,1.0,1,EIRE", destination: .outOfBounds),
        Skipped(row: "1,22139,x,999999999999,2011-01-05 09:00:00,1.0,1,EIRE", destination: .outOfBounds),
        Skipped(row: "1,22139,damages,-1000001,2011-01-05 09:00:00,0.0,,EIRE", destination: .outOfBounds),
        Skipped(row: "1,22139,found,999999999999,2011-01-05 09:00:00,0.0,,EIRE", destination: .outOfBounds),
        Skipped(row: "1,22139,x,1,2011-01-05 09:00:00,1.0,1", destination: .badFields),
        Skipped(row: "1,22139,x\"y,1,2011-01-05 09:00:00,1.0,1,EIRE", destination: .badFields),
        Skipped(row: "", destination: .badFields),
        Skipped(row: ",22139,x,1,2011-01-05 09:00:00,1.0,1,EIRE", destination: .badID),
        Skipped(row: "1,22139,x,0,2011-01-05 09:00:00,1.0,1,EIRE", destination: .badQuantity),
        Skipped(row: "1,22139,x,1.5,2011-01-05 09:00:00,1.0,1,EIRE", destination: .badQuantity),
        Skipped(row: "1,22139,x,1,2011-02-29 09:00:00,1.0,1,EIRE", destination: .badTime),
        Skipped(row: "1,22139,x,1,1970-01-01 00:30:00,1.0,1,EIRE", destination: .badTime),
        Skipped(row: "1,22139,x,1,,1.0,1,EIRE", destination: .badTime),
        Skipped(row: "1,22139,x,1,2011-02-28 09:00:00,1e5,1,EIRE", destination: .badPrice),
    ])
    func rows_that_are_not_told_are_counted_with_their_reason(_ skipped: Skipped) throws {
        let fixture = try RetailFixture(skipped.row + "\n")
        let (steps, counts) = try fixture.replayed()
        #expect(counts.destinations == [skipped.destination: 1])
        #expect(counts.rows == 1)
        #expect(steps.told("order.placed").isEmpty && steps.told("order.cancelled").isEmpty && steps.told("stock.adjusted").isEmpty)
    }

    @Test func prices_know_the_tax_of_their_day_and_country() throws {
        let fixture = try RetailFixture(
            """
            1,22139,x,1,2010-12-20 09:00:00,34.04,1,United Kingdom
            2,22139,x,1,2011-02-20 09:00:00,33.33,1,Unspecified
            3,22139,x,1,2011-02-20 09:10:00,10.00,2,Germany
            4,22139,x,1,2011-02-20 09:20:00,10.00,3,Channel Islands
            5,22139,x,1,2011-02-20 09:30:00,10.00,3,EIRE
            6,22139,x,1,2011-02-20 09:40:00,10.00,4,RSA

            """
        )
        let orders = try Self.orders(fixture.replayed().steps)
        #expect(orders.map(\.total) == [4_000, 4_000, 1_000, 1_000, 1_000, 1_000])
        #expect(orders.map { $0.lines[0].taxRate.description } == ["17.5", "20", "0", "0", "0", "0"])
        #expect(orders.map(\.shippingAddress.country) == ["GB", "GB", "DE", "JE", "IE", "ZA"])
        for order in orders { try order.checkTaxCategories(sellerCountry: "GB") }
    }

    @Test func quoted_line_breaks_carriage_returns_and_a_missing_last_line_feed_are_read() throws {
        let fixture = try RetailFixture(
            "1,22139,\"two\r\nlines, \"\"quoted\"\"\",1,2011-02-20 09:00:00,1.00,1,France\r\n2,22140,plain,1,2011-02-20 09:05:00,1.00,1,France",
            header: "\u{FEFF}InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n"
        )
        let (steps, counts) = try fixture.replayed()
        #expect(counts.rows == 2)
        #expect(counts.destinations == [.orderLine: 2])
        // A name is one line.
        #expect(try Self.orders(steps).first?.lines.first?.name == "two  lines, \"quoted\"")
    }

    @Test func a_quote_that_is_never_closed_makes_a_bad_row_of_the_rest() throws {
        let fixture = try RetailFixture(
            "1,22139,\"x\"\",1,2011-02-20 09:00:00,1.00,1,France\n2,22140,y,1,2011-02-20 09:05:00,1.00,1,France\n"
        )
        #expect(try fixture.replayed().counts.destinations == [.badFields: 1])
    }

    @Test func a_row_that_comes_after_its_invoice_was_complete_is_counted() throws {
        let fixture = try RetailFixture(
            """
            1,22139,x,1,2011-02-20 09:00:00,1.00,1,France
            2,22139,x,1,2011-02-20 09:10:00,1.00,1,France
            1,22140,x,1,2011-02-20 09:10:00,1.00,1,France

            """
        )
        let (steps, counts) = try fixture.replayed()
        #expect(counts.destinations == [.orderLine: 2, .lateRow: 1])
        #expect(steps.told("order.placed").count == 2)
        #expect(try fixture.replayed(limit: 2).counts.rows == 2)
    }

    @Test func what_is_no_such_file_is_said_in_a_sentence() throws {
        #expect(throws: RetailFileError.cannotOpen(path: "/nowhere.csv", reason: "no such file")) { try RetailReplay(path: "/nowhere.csv") }
        let other = try RetailFixture("", header: "a,b\n")
        #expect(throws: RetailFileError.wrongHeader(path: other.path)) { try RetailReplay(path: other.path) }
        let endless = try RetailFixture("1,\"" + String(repeating: "x", count: 2_000_000))
        #expect(throws: RetailFileError.self) { try RetailReplay(path: endless.path) }
    }

    /// What is sold, written off and brought in: no product is ever asked for more than comes in by the end.
    @Test func goods_that_come_in_cover_everything_that_is_sold() throws {
        guard let path = RetailFileOnDisk.path else { return RetailFileOnDisk.reportMissing() }
        var replay = try RetailReplay(path: path, limit: 60_000)
        var balance: [String: Int64] = [:]
        while let step = try replay.next() {
            guard case .publish(let message) = step else { continue }
            switch try InboundDecoder.decode(
                type: message.type,
                contentType: nil,
                body: message.body,
                receivedAt: Timestamp(seconds: 1_780_000_000)
            ) {
            case .orderPlaced(let placed):
                #expect(try placed.order.check() == 0)
                for line in placed.order.lines { balance[line.sku, default: 0] -= line.quantity }
            case .stockReported(let report): for item in report.items { balance[item.sku, default: 0] += item.onHand }
            case .stockAdjusted(let adjusted): balance[adjusted.sku, default: 0] += adjusted.delta
            default: break
            }
        }
        #expect(balance.values.allSatisfy { $0 >= 0 })
        #expect(replay.counts.accounted == 60_000)
    }
}
