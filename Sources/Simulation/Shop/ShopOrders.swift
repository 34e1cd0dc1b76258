internal import Commerce

/// Draws the orders of a day.
struct ShopOrders {
    private let catalog: ShopCatalog
    private let customers: Int
    private var random: SplitMix64

    init(catalog: ShopCatalog, orders: Int, seed: UInt64) {
        self.catalog = catalog
        customers = max(1, Int(Double(orders) * RetailShape.customersPerOrder))
        random = SplitMix64(seed: seed)
    }

    /// A second of the day, as shoppers come.
    mutating func second() -> Int64 { Int64(RetailShape.hour.draw(&random) * 3_600 + random.below(3_600)) }

    /// Three of five orders come to the German shop; made up.
    mutating func order(number: Int, at time: Timestamp) -> PlacedOrder {
        let isGerman = random.chance(0.6)
        let isAbroad = random.chance(RetailShape.abroad)
        let town =
            isGerman
            ? random.pick(isAbroad ? ShopTown.abroadFromGermany : ShopTown.german)
            : random.pick(isAbroad ? ShopTown.abroadFromBritain : ShopTown.british)
        let customer = customer(isGerman, town)
        let isUntaxed = isGerman ? town.country == "CH" || customer.vatID != nil : town.country != "GB"
        let lines = lines(isGerman, isUntaxed: isUntaxed)
        var order = PlacedOrder(
            channel: isGerman ? "shop-de" : "market-uk",
            orderID: isGerman ? String(100_000 + number) : "UK-\(number)-\(random.below(9_000) + 1_000)",
            placedAt: time,
            currency: isGerman ? "EUR" : "GBP",
            pricesIncludeTax: isGerman,
            customer: customer,
            shippingAddress: Address(
                name: customer.name,
                street: "\(isGerman ? "Lange Straße" : "High Street") \(1 + random.below(200))",
                postalCode: town.postalCode,
                city: town.city,
                country: town.country,
                // Four of five shops know where their customers are; made up.
                coordinates: random.chance(0.8) ? town.coordinates : nil
            ),
            lines: lines,
            total: 0,
            basketID: random.chance(0.3) ? "basket-\(number)" : nil,
            acceptPartial: random.chance(0.2)
        )
        let goods = lines.reduce(0) { $0 + $1.unitPrice * $1.quantity }
        let shippingRate = isUntaxed ? TaxRate.zero : TaxRate(micros: isGerman ? 19_000_000 : 20_000_000)
        // Shipping is free from 75.00 on; made up. (In the file 9 % of the sales carry a charge, of 28.00 in the median: freight to resellers.)
        order.shipping = ShippingCharge(method: "standard", price: goods >= 7_500 ? 0 : 499, taxRate: shippingRate)
        // A voucher for one order in twenty; made up. The file knows of discounts only after the sale.
        if random.chance(0.05) {
            let line = isGerman ? nil : lines[0]
            let base = line.map { $0.unitPrice * $0.quantity } ?? goods
            if base >= 10 { order.discounts = [Discount(name: "WELCOME10", amount: base / 10, lineID: line?.lineID)] }
        }
        order.total = Self.total(of: order)
        order.payments = payments(order)
        return order
    }

    private static func total(of order: PlacedOrder) -> Int64 {
        // Prices and quantities are drawn far below every bound, so this cannot be refused.
        (try? OrderPricing(order, sellerCountry: order.channel == "shop-de" ? "DE" : "GB").payable) ?? 0
    }

    private mutating func customer(_ isGerman: Bool, _ town: ShopTown) -> Customer {
        let number = random.below(customers)
        // A customer keeps its name from order to order.
        var own = SplitMix64(seed: StableHash.of("customer \(number)"))
        let name = "\(own.pick(ShopNames.first)) \(own.pick(ShopNames.last))"
        let isGuest = random.chance(RetailShape.guests)
        // Half of the EU buyers of the German shop are companies; made up.
        let isCompany = isGerman && EuropeanUnion.contains(town.country) && town.country != "DE" && random.chance(0.5)
        return Customer(
            id: isGuest ? nil : "c-\(number)",
            name: name,
            email: "customer-\(number)@example.com",
            locale: random.chance(0.5) ? (isGerman ? "de-DE" : "en-GB") : nil,
            phone: random.chance(0.3) ? "+49 30 5550\(100 + random.below(900))" : nil,
            vatID: isCompany ? "\(town.country)U\(10_000_000 + number)" : nil,
            reference: isCompany ? "PO-\(random.below(100_000))" : nil
        )
    }

    private mutating func lines(_ isGerman: Bool, isUntaxed: Bool) -> [OrderLine] {
        let count = max(1, Int(RetailShape.linesPerBasket.draw(&random).rounded()))
        var products: [ShopProduct] = []
        return (1...count).map { number in
            let isRepeated = number > 1 && random.chance(RetailShape.repeatedProduct)
            let product = isRepeated ? random.pick(products) : catalog.draw(&random)
            products.append(product)
            let percent: Int64 = isUntaxed ? 0 : isGerman ? (product.isBook ? 7 : 19) : (product.isBook ? 0 : 20)
            return OrderLine(
                lineID: String(number),
                sku: product.sku,
                name: isGerman ? product.german : product.english,
                quantity: RetailShape.quantity.draw(&random),
                unitPrice: isGerman ? product.euroCents : product.pence,
                taxRate: TaxRate(micros: percent * 1_000_000),
                attributes: product.isBook ? ["kind": "book"] : [:],
                weightGrams: product.weightGrams
            )
        }
    }

    /// The file holds no payments; the shares are made up.
    private mutating func payments(_ order: PlacedOrder) -> [OrderPayment] {
        guard order.total > 0 else { return [] }
        let id = "psp-\(order.orderID)"
        switch random.unit() {
        case ..<0.55: return [OrderPayment(paymentID: id, method: "card", status: .authorized, amount: order.total)]
        case ..<0.70: return [OrderPayment(paymentID: id, method: "paypal", status: .captured, amount: order.total)]
        case ..<0.80: return [OrderPayment(paymentID: id, method: "bank-transfer", status: .pending, amount: order.total)]
        case ..<0.85:
            let voucher = order.total / 4
            return [
                OrderPayment(paymentID: id + "-v", method: "gift-card", status: .captured, amount: voucher),
                OrderPayment(paymentID: id, method: "card", status: .authorized, amount: order.total - voucher),
            ]
        default: return []
        }
    }
}
