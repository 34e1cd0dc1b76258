internal import Commerce
internal import Messages
internal import Store

/// An order's story for a person: at most 80 characters a line, and nothing a stranger wrote reaches the terminal unchecked.
struct OrderPage {
    private static let width = 80

    let story: OrderStory
    let network: NetworkSnapshot

    var text: [String] {
        head + section("Lines", lines) + section("Parcels", parcels) + section("Pickup", pickup) + section("Invoices", invoices)
            + section("Payments", payments)
            + section("Cancellations", cancellations) + section("Mails", mails) + section("Timeline", timeline)
    }

    private func section(_ title: String, _ lines: [String]) -> [String] { lines.isEmpty ? [] : ["", title] + lines }

    private var order: PlacedOrder { story.document }

    private var head: [String] {
        let address = order.shippingAddress
        let customer = order.customer
        let id = customer.id.map { " (\($0))" } ?? ""
        var lines = [
            "Order \(order.channel)/\(order.orderID): \(story.status.words)".fitted(Self.width),
            "  placed    \(order.placedAt.minuteText) UTC, total \(AmountText.of(order.total, order.currency))",
            "  customer  \(customer.name)\(id), \(customer.email)".fitted(Self.width),
            "  ships to  \(address.name), \(address.street),".fitted(Self.width),
            "            \(address.postalCode) \(address.city), \(address.country)".fitted(Self.width),
        ]
        if let billing = order.billingAddress {
            lines.append("  bill to   \(billing.name), \(billing.city), \(billing.country)".fitted(Self.width))
        }
        if let hold = story.hold {
            lines.append("  held      since \(hold.since.minuteText): \(hold.reason)".fitted(Self.width))
        }
        if order.acceptPartial { lines.append("  takes parts of it as they come") }
        return lines
    }

    private var lines: [String] {
        let header = "  line  sku               name                   waiting reserved shipped cancel"
        return [header.fitted(Self.width)]
            + story.lines.flatMap { line -> [String] in
                let units = line.quantities
                let row =
                    "  \(line.line.lineID.fitted(5).padded(5)) \(line.line.sku.fitted(17).padded(17)) \(line.line.name.fitted(22).padded(22))"
                    + " \(amount(units.waiting, 7)) \(amount(units.reserved, 8)) \(amount(units.shipped, 7)) \(amount(units.cancelled, 6))"
                return [row] + promise(line)
            }
    }

    /// When what waits of a line is expected.
    private func promise(_ line: OrderStory.Line) -> [String] {
        let told: String? =
            switch line.word {
            case .there: "lies there, waits for the rest of the order"
            case .date(let day): "with the customer by \(day)"
            case .unknown: nil
            }
        let words = [line.preorder ? "pre-ordered" : nil, line.promisedAt.map { "expected \($0.minuteText)" }, told].compactMap { $0 }
        return words.isEmpty ? [] : ["        \(words.joined(separator: ", "))"]
    }

    private func amount(_ units: Int64, _ width: Int) -> String { (units == 0 ? "-" : String(units)).leftPadded(width) }

    private var parcels: [String] {
        let withdrawn = story.withdrawals
        return story.fulfillments.flatMap { parcel -> [String] in
            let location = network.location(key: parcel.location)?.location
            let place = location.map { "\($0.id) (\($0.name))" } ?? "?"
            let units = parcel.lines.reduce(0) { $0 + $1.quantity }
            let status = FulfillmentStatus(rawValue: parcel.status)?.words ?? "?"
            let store = parcel.transferTo.map { " to \(network.location(key: $0)?.location.id ?? "?")" } ?? ""
            let ready = parcel.readyAt.map { ["    ready since \($0.minuteText)"] } ?? []
            let title = "  \(FulfillmentID.text(parcel.key)) from \(place)\(store): \(status), \(units) unit\(units == 1 ? "" : "s")"
            let withdrawals = (withdrawn[FulfillmentID.text(parcel.key)] ?? []).flatMap { $0.words.wrapped(Self.width, indent: 4) }
            let arrival = parcel.delivery.map { ["    arrives \($0.words)"] } ?? []
            return [title.fitted(Self.width)] + withdrawals + arrival + ready
                + story.shipments.filter { $0.fulfillment == parcel.key }.flatMap(shipment)
        }
    }

    private func shipment(_ shipment: ShipmentRows.Row) -> [String] {
        let units = shipment.lines.reduce(0) { $0 + $1.quantity }
        let surprise = shipment.lines.reduce(0) { $0 + $1.unexpected }
        let unexpected = surprise > 0 ? ", \(surprise) cancelled before" : ""
        var lines = [
            "    shipment \(shipment.id): \(units + surprise) \(shipment.way)\(unexpected)".fitted(Self.width),
            "      left \(shipment.occurredAt.minuteText)",
        ]
        if let moment = shipment.arrivedAt { lines.append("      reached the store \(moment.minuteText)") }
        for report in story.reports[shipment.key] ?? [] {
            let reason = report.reason.map { ": \($0)" } ?? ""
            let word = report.kind == .delivered ? "delivered" : "failed"
            lines.append("      \(word) \(report.occurredAt.minuteText)\(reason)".fitted(Self.width))
        }
        if let url = shipment.trackingURL { lines.append("      \(Terminal.safe(url))") }
        return lines
    }

    private var pickup: [String] {
        guard let pickup = story.pickup else { return [] }
        let location = network.location(key: pickup.location)?.location
        let until = pickup.keepUntil.map { ", kept until \($0.minuteText)" } ?? ""
        let title = "  at \(location.map { "\($0.id) (\($0.name))" } ?? "?")\(until)"
        return [title.fitted(Self.width)]
            + story.pickupReports.map { report in
                let id = report.kind == .expired ? "" : "  \(report.id)"
                return "    \(report.occurredAt.minuteText) \(report.kind.words)\(id)".fitted(Self.width)
            }
    }

    private var invoices: [String] {
        story.invoices.map { invoice in
            let shipment = story.shipments.first { $0.key == invoice.shipment }
            let parcel = shipment.map { " for \(FulfillmentID.text($0.fulfillment))/\($0.id)" } ?? ""
            let tax = AmountText.plain(invoice.tax, order.currency)
            return "  \(invoice.name)  \(AmountText.of(invoice.total, order.currency)), tax \(tax)\(parcel)".fitted(Self.width)
        }
    }

    private var payments: [String] {
        story.payments.flatMap { payment -> [String] in
            let title = "  \(payment.id)  \(payment.method), \(payment.status.name), \(AmountText.of(payment.amount, order.currency))"
            return [title.fitted(Self.width)]
                + story.paymentReports.filter { ExactID.same($0.payment, payment.id) }.map { report in
                    let amount = AmountText.of(report.amount, order.currency)
                    return "    \(report.occurredAt.minuteText) \(report.kind.words) \(amount)  \(report.id)".fitted(Self.width)
                }
        }
    }

    private var cancellations: [String] {
        story.cancellations.map { row in
            "  \(row.id)  \(row.occurredAt.minuteText)\(row.reason.map { "  \($0)" } ?? "")".fitted(Self.width)
        }
    }

    private var mails: [String] {
        story.mails.map { mail in "  \(mail.sentAt.minuteText)  \(mail.template.padded(20)) \(mail.reference)".fitted(Self.width) }
    }

    private var timeline: [String] { OrderTimeline(story: story, network: network, width: Self.width).lines }
}

extension ShipmentRows.Row {
    /// How the goods went.
    fileprivate var way: String {
        switch carrier {
        case "till" where trackingNumber.isEmpty: "over the counter"
        case "pickup" where trackingNumber.isEmpty: "collected by the customer"
        default: "with \(carrier) \(trackingNumber)"
        }
    }
}
