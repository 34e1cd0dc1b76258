package import Commerce
internal import Messages

/// A step of a replay.
package enum ReplayStep: Hashable, Sendable {
    /// Send this.
    case publish(ScriptMessage)
    /// From here on the locations may ship what they are asked to of this order; until then they hold it.
    case release(ReplayRelease)

    package var time: Timestamp {
        switch self {
        case .publish(let message): message.time
        case .release(let release): release.time
        }
    }
}

/// An order whose parcels may leave.
package struct ReplayRelease: Hashable, Sendable {
    package var time: Timestamp
    package var channel: String
    package var orderID: String
    /// `order.cancelled` messages that were sent for it. A player waits until these are handled; otherwise a parcel could overtake
    /// the cancellation that came before it.
    package var cancellations: Int

    package init(time: Timestamp, channel: String, orderID: String, cancellations: Int) {
        self.time = time
        self.channel = channel
        self.orderID = orderID
        self.cancellations = cancellations
    }
}

/// Turns a file in the UCI Online Retail layout into steps in time order, reading it twice: once to know how much stock is needed.
///
/// Rows of one invoice make one order, complete once the file's clock is two minutes past its first row (the file spreads an invoice
/// over a minute at most). Parcels leave four hours after their order (made up): a `C…` row that comes earlier is a cancellation, a
/// later one a return. Reading blocks the calling thread.
package struct RetailReplay {
    /// Seconds from an order to its parcels' leaving.
    package static let secondsToShip: Int64 = 4 * 3_600
    private static let secondsToComplete: Int64 = 120

    /// Where every row read so far has gone; complete after `next` has given `nil`.
    package private(set) var counts = ReplayCounts()

    private var file: RetailFile
    private var stock: ArraySlice<ScriptMessage>
    /// Invoices that may still get rows, oldest first.
    private var open: ArraySlice<RetailInvoice> = []
    /// Where in `open` the invoice of a number is.
    private var places: [String: Int] = [:]
    private var finished: Set<String> = []
    private var sold = SoldLines()
    /// Orders whose parcels have not left, oldest first.
    private var waiting: ArraySlice<Int> = []
    private var ready: ArraySlice<ReplayStep> = []
    private var clock = Timestamp(rawValue: .min)
    private var isAtEnd = false

    /// Opens the file and reads it once for the stock.
    ///
    /// - Parameter limit: rows to replay; `nil` for all.
    package init(path: String, limit: Int? = nil) throws(RetailFileError) {
        try self.init(path: path, limit: limit) { () throws(RetailFileError) in try ByteSource(path: path) }
    }

    /// The same of bytes from anywhere.
    ///
    /// - Parameter open: called twice; gives the same bytes from their beginning.
    package init(path: String, limit: Int? = nil, _ open: () throws(RetailFileError) -> ByteSource) throws(RetailFileError) {
        var stock = ReplayStock()
        var first = try RetailFile(try open(), path: path, limit: limit)
        while let row = try first.next() { if case .success(let row) = row { stock.count(row) } }
        self.stock = stock.messages()[...]
        file = try RetailFile(try open(), path: path, limit: limit)
    }

    /// The next step; `nil` once every row is told.
    package mutating func next() throws(RetailFileError) -> ReplayStep? {
        while ready.isEmpty {
            guard !isAtEnd else { return nil }
            try read()
        }
        let step = ready.removeFirst()
        if case .publish(let message) = step { counts.messages[message.type, default: 0] += 1 }
        return step
    }

    private mutating func read() throws(RetailFileError) {
        guard let result = try file.next() else {
            isAtEnd = true
            closeInvoices(before: nil)
            pass(to: nil)
            return
        }
        counts.rows += 1
        switch result {
        case .failure(let fault): counts.count(fault.destination)
        case .success(let row): take(row)
        }
    }

    private mutating func take(_ row: RetailRow) {
        closeInvoices(before: row.time.adding(seconds: -Self.secondsToComplete))
        guard !finished.contains(row.invoice) else { return counts.count(.lateRow) }
        if let index = places[row.invoice] {
            open[index].rows.append(row)
        } else {
            // The places of a slice stay what they are when its first is taken.
            places[row.invoice] = open.endIndex
            open.append(RetailInvoice(number: row.invoice, time: row.time, rows: [row]))
        }
    }

    private mutating func closeInvoices(before time: Timestamp?) {
        while let invoice = open.first, time.map({ invoice.time < $0 }) ?? true {
            open.removeFirst()
            places[invoice.number] = nil
            finished.insert(invoice.number)
            pass(to: invoice.time)
            if invoice.rows[0].isCancellation { cancel(invoice) } else { sell(invoice) }
        }
    }

    /// Lets time pass: goods that come in and parcels that leave until then, in their order.
    private mutating func pass(to time: Timestamp?) {
        while true {
            let release = waiting.first.map { sold.orders[$0].release }
            let delivery = stock.first?.time
            guard let next = [release, delivery].compactMap({ $0 }).min(), time.map({ next <= $0 }) ?? true else { break }
            if next == delivery, let message = stock.popFirst() {
                publish(message)
            } else if let order = waiting.popFirst() {
                let order = sold.orders[order]
                clock = max(clock, order.release)
                ready.append(
                    .release(
                        ReplayRelease(time: clock, channel: ReplayNetwork.channel, orderID: order.id, cancellations: order.cancellations)
                    )
                )
            }
        }
        if let time { clock = max(clock, time) }
    }

    private mutating func publish(_ message: ScriptMessage) {
        clock = max(clock, message.time)
        var message = message
        message.time = clock
        ready.append(.publish(message))
    }

    private mutating func sell(_ invoice: RetailInvoice) {
        let sale = invoice.sale()
        for (destination, rows) in sale.destinations { counts.count(destination, rows) }
        if let order = sale.order {
            let index = sold.add(order: order.orderID, release: order.placedAt.adding(seconds: Self.secondsToShip))
            for line in sale.lines { sold.add(line: line, of: index) }
            waiting.append(index)
            publish(ScriptMessage(order, rows: sale.orderRows))
        }
        for row in sale.adjustments {
            let body = StockAdjusted(
                location: ReplayNetwork.home(row.code),
                adjustmentID: "row-\(row.ordinal)",
                sku: row.code,
                delta: row.quantity,
                reason: row.description.isEmpty ? "unexplained" : row.description,
                occurredAt: row.time
            )
            publish(ScriptMessage(body, at: invoice.time, rows: 1))
        }
    }

    private mutating func cancel(_ invoice: RetailInvoice) {
        var orders: [Int] = []
        var lines: [Int: [LineQuantity]] = [:]
        var rows: [Int: Int] = [:]
        for row in invoice.rows {
            guard let destination = unmatched(row) else {
                guard let match = sold.cancel(row) else {
                    counts.count(.cancellationWithoutSale)
                    continue
                }
                guard invoice.time < sold.orders[match.order].release else {
                    counts.count(.returnNotSupported)
                    continue
                }
                counts.count(.cancellation)
                if lines[match.order] == nil { orders.append(match.order) }
                rows[match.order, default: 0] += 1
                if let same = lines[match.order]?.firstIndex(where: { $0.lineID == match.lineID }) {
                    lines[match.order]?[same].quantity -= row.quantity
                } else {
                    lines[match.order, default: []].append(LineQuantity(lineID: match.lineID, quantity: -row.quantity))
                }
                continue
            }
            counts.count(destination)
        }
        for order in orders {
            sold.countCancellation(of: order)
            let body = OrderCancelled(
                channel: ReplayNetwork.channel,
                orderID: sold.orders[order].id,
                cancellationID: invoice.number,
                lines: lines[order],
                occurredAt: invoice.time
            )
            publish(ScriptMessage(body, at: invoice.time, rows: rows[order] ?? 0))
        }
    }

    /// Where a row of a `C…` invoice goes that takes back no goods of a known customer.
    private func unmatched(_ row: RetailRow) -> RowDestination? {
        switch FeeCode(row.code) {
        case .shipping: .chargeReversal
        case .discount: .discountAfterSale
        case .skipped(let reason): reason
        case nil: row.quantity > 0 ? .badQuantity : row.customer.isEmpty ? .cancellationOfGuest : nil
        }
    }
}
