internal import Commerce
internal import Messages

/// What lies where in the demo shop, and what its locations report of it in the course of a day. Made up, so that of the day's orders
/// some 13 % need several parcels and a few percent have to wait for the afternoon's delivery.
struct ShopStock: Sendable {
    /// From this rank on only suppliers hold a product. These products stand on 0.66 % of the lines; with baskets as measured one order
    /// in eight holds one of them.
    static let firstDropShippedRank = 3_300
    /// Two popular products of which half a day's demand lies in one warehouse: 3 to 4 % of the orders hold one.
    static let shortRanks = [60, 90]

    private static let itemsPerPart = 1_000
    private static let dropShippers = ["lyo-d", "mil-d", "bcn-d"]

    let catalog: ShopCatalog
    let orders: Int
    /// Midnight before the day, UTC.
    let midnight: Timestamp

    /// Units of a product at a location when the day begins; `nil` where it is not kept.
    func opening(_ product: ShopProduct, at location: Location) -> Int64? {
        if product.rank >= Self.firstDropShippedRank {
            let owner = Self.dropShippers[Int(StableHash.of(product.sku) % UInt64(Self.dropShippers.count))]
            return location.id == owner ? 2_000 : nil
        }
        let expected = catalog.expectedUnits(of: product, orders: orders)
        if Self.shortRanks.contains(product.rank) { return location.id == "ber-1" ? Int64(expected / 2) : nil }
        switch (location.kind, location.id) {
        case (.warehouse, "wro-1"): return product.rank <= 800 ? 300 + Int64(expected) : nil
        case (.warehouse, _): return 1_500 + Int64(expected * 4)
        case (.thirdParty, _): return product.rank <= 1_500 ? 200 + Int64(expected) : nil
        case (.store, _): return product.rank <= 300 ? 12 + Int64(StableHash.of(location.id + product.sku) % 24) : nil
        case (.supplier, _): return nil
        }
    }

    /// Every report of the day. The suppliers' midday feeds are full, come in two parts, and these in the wrong order.
    func messages() -> [ScriptMessage] {
        var messages: [ScriptMessage] = []
        for location in ShopNetwork.network.locations {
            let items = items(of: location)
            messages += feed(location.id, 1, at: 5 * 3_600, items, full: true)
            guard location.kind == .supplier else { continue }
            for hour in [8, 9, 10, 11, 13, 14, 15, 16, 17] {
                let some = items.filter { StableHash.of("\(hour)\($0.sku)") % 5 == 0 }
                messages += feed(location.id, Int64(hour), at: Int64(hour) * 3_600, some, full: false)
            }
            messages += feed(location.id, 12, at: 12 * 3_600, items, full: true, partSize: items.count / 2 + 1).reversed()
        }
        let delivered = catalog.products.filter { Self.shortRanks.contains($0.rank) }
            .map { StockReported.Item(sku: $0.sku, onHand: 2_000 + Int64(catalog.expectedUnits(of: $0, orders: orders) * 4)) }
        messages += feed("ber-1", 2, at: 17 * 3_600 + 1_800, delivered, full: false)
        return messages + incidents()
    }

    private func items(of location: Location) -> [StockReported.Item] {
        catalog.products.compactMap { product in opening(product, at: location).map { StockReported.Item(sku: product.sku, onHand: $0) } }
    }

    private func feed(
        _ location: String,
        _ sequence: Int64,
        at second: Int64,
        _ items: [StockReported.Item],
        full: Bool,
        partSize: Int = itemsPerPart
    ) -> [ScriptMessage] {
        let time = midnight.adding(seconds: second)
        return StockReported.parts(
            location: location,
            sequence: sequence,
            observedAt: time.adding(seconds: -60),
            mode: full ? .full : .partial,
            items: items,
            itemsPerPart: partSize
        )
        .map { ScriptMessage($0, at: time) }
    }

    /// A breakage, and units blocked in the morning and released at noon.
    private func incidents() -> [ScriptMessage] {
        let sku = catalog.products[9].sku
        let (morning, noon) = (midnight.adding(seconds: 9 * 3_600), midnight.adding(seconds: 12 * 3_600))
        let broken = StockAdjusted(
            location: "ber-1",
            adjustmentID: "breakage-1",
            sku: sku,
            delta: -3,
            reason: "dropped from the forklift",
            occurredAt: morning
        )
        let blocked = StockBlocked(
            location: "due-1",
            blockID: "quality-1",
            sku: sku,
            quantity: 40,
            reason: "paint check",
            occurredAt: morning
        )
        let released = StockReleased(location: "due-1", blockID: "quality-1", occurredAt: noon)
        return [ScriptMessage(broken, at: morning), ScriptMessage(blocked, at: morning), ScriptMessage(released, at: noon)]
    }
}
