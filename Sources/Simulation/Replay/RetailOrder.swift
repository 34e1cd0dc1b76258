internal import Commerce

/// Makes the order of an invoice; what the file does not hold is made up from hashes of what it holds.
///
/// - Prices are without tax: the file's gift vouchers say so (a £40 voucher costs 34.04 in December 2010, which is 40 / 1.175, and
///   33.33 in 2011, which is 40 / 1.20). The United Kingdom's rate was 17.5 % until 2011-01-03 and is 20 % since (VATA 1994 s. 2 as
///   amended by the Finance (No. 2) Act 2010 s. 3). All goods are taken as standard rated; what leaves the country is an export (`G`).
/// - Names, addresses and mail addresses follow from the customer's number; a guest is its own customer.
/// - Guests have paid by card; of the others half have a card authorized and half buy on account.
/// - Every fourth customer takes part deliveries.
struct RetailOrder {
    var number: String
    var time: Timestamp
    var lines: [RetailRow]
    var charges: [RetailRow]
    var discounts: [RetailRow]

    /// 2011-01-04T00:00:00Z; London was on UTC.
    private static let rateChange = Timestamp(seconds: 1_294_099_200)

    /// `nil` where the rows come to more than an order may hold.
    func placed() -> PlacedOrder? {
        guard let first = lines.first, lines.count <= PlacedOrder.maximumLines else { return nil }
        let isGuest = first.customer.isEmpty
        let hash = StableHash.of(isGuest ? "guest \(number)" : first.customer)
        let place = RetailCountry.named(first.country, hash: hash)
        let rate = place.code == "GB" ? Self.domesticRate(at: time) : .zero
        let name = isGuest ? "Guest \(number)" : "Customer \(first.customer)"
        guard let shippingPrice = Amount.sum(charges.map { $0.price * $0.quantity }) else { return nil }
        var order = PlacedOrder(
            channel: ReplayNetwork.channel,
            orderID: number,
            placedAt: time,
            currency: "GBP",
            pricesIncludeTax: false,
            customer: Customer(
                id: isGuest ? nil : first.customer,
                name: name,
                email: isGuest ? "guest-\(Self.mailbox(number))@example.com" : "customer-\(Self.mailbox(first.customer))@example.com"
            ),
            shippingAddress: Address(
                name: name,
                street: "\(1 + hash >> 32 % 200) High Street",
                postalCode: place.postalCode,
                city: place.city,
                country: place.code,
                coordinates: place.coordinates
            ),
            lines: lines.map { line($0, rate, isDomestic: place.code == "GB") },
            shipping: charges.isEmpty ? nil : ShippingCharge(method: "standard", price: shippingPrice, taxRate: rate),
            discounts: discounts.map {
                Discount(name: $0.description.isEmpty ? "Discount" : $0.description, amount: $0.price * -$0.quantity)
            },
            total: 0,
            acceptPartial: hash >> 40 % 4 == 0
        )
        guard lines.allSatisfy({ $0.quantity <= PlacedOrder.maximumQuantity }),
            let total = try? OrderPricing(order, sellerCountry: "GB").payable, total <= Amount.maximumTotal
        else { return nil }
        order.total = total
        if isGuest || hash >> 50 % 2 == 0, total > 0 {
            order.payments = [
                OrderPayment(paymentID: "card-\(number)", method: "card", status: isGuest ? .captured : .authorized, amount: total)
            ]
        }
        return order
    }

    private func line(_ row: RetailRow, _ rate: TaxRate, isDomestic: Bool) -> OrderLine {
        OrderLine(
            lineID: String(row.ordinal),
            sku: row.code,
            name: row.description.isEmpty ? row.code : row.description,
            quantity: row.quantity,
            unitPrice: row.price,
            taxRate: rate,
            taxCategory: isDomestic ? .standard : .export
        )
    }

    private static func domesticRate(at time: Timestamp) -> TaxRate {
        TaxRate(micros: time < rateChange ? 17_500_000 : 20_000_000)
    }

    /// Only what a mail address may hold.
    private static func mailbox(_ text: String) -> String {
        String(
            text.unicodeScalars.map { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) ? Character($0) : "-" }
        )
    }
}
