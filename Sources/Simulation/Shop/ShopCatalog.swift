internal import Commerce

/// One product of the demo shop.
struct ShopProduct: Sendable {
    /// 1 is the most popular.
    var rank: Int
    var sku: String
    var german: String
    var english: String
    /// Euro cents with tax.
    var euroCents: Int64
    /// Pence without tax.
    var pence: Int64
    /// Books: reduced rate in Germany, none in the United Kingdom. A twelfth of the products; made up.
    var isBook: Bool
    var weightGrams: Int64
}

/// The products, as many as the real shop sold, with prices spread as there; names are made up.
struct ShopCatalog: Sendable {
    let products: [ShopProduct]

    init() {
        products = (1...RetailShape.products).map { rank in
            let sku = "P-\(10_000 + rank)"
            let hash = StableHash.of(sku)
            let pence = max(6, Int64(RetailShape.price.value(at: Double(hash % 10_000) / 10_000)))
            let (german, english) = Self.name(hash, rank)
            return ShopProduct(
                rank: rank,
                sku: sku,
                german: german,
                english: english,
                // A price tag in euros ends in 9: pence × 1.2 for tax × 1.17 for the currency.
                euroCents: pence * 14 / 100 * 10 + 9,
                pence: pence,
                isBook: hash >> 20 % 12 == 0,
                weightGrams: 50 + Int64(hash >> 30 % 2_000)
            )
        }
    }

    /// A product, drawn by popularity.
    func draw(_ random: inout SplitMix64) -> ShopProduct {
        let rank = Int(RetailShape.rankByShare.draw(&random).rounded(.up))
        return products[min(max(rank, 1), products.count) - 1]
    }

    /// Units of a product that so many orders are expected to ask for.
    func expectedUnits(of product: ShopProduct, orders: Int) -> Double {
        Double(orders) * RetailShape.meanLines * RetailShape.meanQuantity * RetailShape.rankByShare.density(at: Double(product.rank))
    }

    private static func name(_ hash: UInt64, _ rank: Int) -> (String, String) {
        let tone = tones[Int(hash >> 8 % UInt64(tones.count))]
        let thing = things[Int(hash >> 16 % UInt64(things.count))]
        return ("\(thing.0) „\(tone.0)“ Nr. \(rank)", "\(tone.1) \(thing.1) no. \(rank)")
    }

    private static let tones = [
        ("Morgenröte", "Dawn Pink"), ("Moosgrün", "Moss Green"), ("Süße Kirsche", "Sweet Cherry"), ("Nordlicht", "Northern Light"),
        ("Blaue Stunde", "Blue Hour"), ("Straßencafé", "Café"), ("Elfenbein", "Ivory"), ("Rot & Weiß", "Red & White"),
        ("Größenwahn", "Oversize"), ("Żubrówka", "Żubr"), ("日本", "日本"), ("Glück 🍀", "Lucky 🍀"),
    ]

    private static let things = [
        ("Teelicht", "T-Light Holder"), ("Laterne", "Lantern"), ("Kuchenständer", "Cake Stand"), ("Kaffeebecher", "Coffee Mug"),
        ("Wärmflasche", "Hot Water Bottle"), ("Einkaufstasche", "Shopping Bag"), ("Brotdose <groß>", "Lunch Box <large>"),
        ("Wanduhr", "Wall Clock"), ("Fußmatte", "Doormat"), ("Türschild", "Door Sign"), ("Kissenhülle", "Cushion Cover"),
        ("Girlande 2 m", "Bunting 2 m"), ("Schmuckkästchen", "Jewelry Box"), ("Notizbuch", "Notebook"), ("Spieluhr", "Music Box"),
    ]
}
