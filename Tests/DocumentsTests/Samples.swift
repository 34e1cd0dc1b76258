internal import Commerce

/// One invoice of every kind the outside may make us write.
enum Samples {
    static let all: [(name: String, invoice: Invoice)] = [
        ("domestic", domestic.invoice),
        ("intra-community", intraCommunity.invoice),
        ("export", export.invoice),
        ("mixed-rates", mixedRates.invoice),
        ("discounts-and-shipping", discountsAndShipping.invoice),
        ("prices-with-tax", pricesWithTax.invoice),
        ("rounding", rounding.invoice),
        ("prepaid-in-part", prepaidInPart.invoice),
        ("prepaid-by-paypal", prepaid(by: "paypal").invoice),
        ("prepaid-by-something-new", prepaid(by: "moon-beads \"& more\"").invoice),
        ("prepaid-nobody-knows-how", prepaid(by: nil).invoice),
        ("yen", yen.invoice),
        ("dinar.xsd", dinar.invoice),
        ("hostile-texts", hostileTexts.invoice),
        ("reverse-charge", untaxed(.reverseCharge, buyerVATID: "ATU12345678").invoice),
        ("exempt", untaxed(.exempt).invoice),
        ("zero-rated", untaxed(.zero).invoice),
        ("not-subject", untaxed(.notSubject, buyerVATID: "FR12345678901").invoice),
        ("not-subject-seller-without-number", sellerWithoutNumber.invoice),
        ("seller-with-foreign-number", sellerWithForeignNumber.invoice),
        ("seller-with-nothing-more", bareSeller.invoice),
        ("buyer-with-odd-number", buyerWithOddNumber.invoice),
        ("blank-texts", blankTexts.invoice),
        ("canary-islands", canaryIslands.invoice),
        ("ceuta-and-melilla", ceutaAndMelilla.invoice),
        ("odd-rate", oddRate.invoice),
        ("huge-amounts", hugeAmounts.invoice),
        ("free-of-charge", freeOfCharge.invoice),
        ("world", world.invoice),
        ("long-texts", longTexts.invoice),
        ("many-rates-and-discounts", manyRatesAndDiscounts.invoice),
        ("many-lines", manyLines(1_200).invoice),
    ]

    static var domestic: SampleInvoice {
        var sample = SampleInvoice()
        sample.line("Tischleuchte „Elbe“", quantity: 2, price: 1_680)
        sample.line("Leuchtmittel E27, warmweiß", quantity: 4, price: 419)
        return sample
    }

    static var intraCommunity: SampleInvoice {
        var sample = SampleInvoice(locale: "en")
        sample.sell(to: "Bureau Lumière SARL", country: "FR", vatID: "FR12345678901")
        sample.buyerReference = "PO 4711"
        sample.line("Desk lamp", quantity: 10, price: 8_900, .intraCommunity, "0")
        sample.charges = [InvoiceAdjustment(name: "express", net: 1_200, category: .intraCommunity, rate: .zero)]
        return sample
    }

    static var export: SampleInvoice {
        var sample = SampleInvoice(currency: "CHF", locale: "de-CH")
        sample.sell(to: "Zürcher Lichthaus AG", country: "CH")
        sample.line("Stehleuchte", quantity: 3, price: 123_450, .export, "0")
        return sample
    }

    static var mixedRates: SampleInvoice {
        var sample = SampleInvoice()
        sample.line("Leuchte", quantity: 3, price: 3_333)
        sample.line("Fachbuch „Licht“", quantity: 1, price: 3_729, .standard, "7")
        sample.line("Gutschein", quantity: 1, price: 5_000, .zero, "0")
        return sample
    }

    static var discountsAndShipping: SampleInvoice {
        var sample = mixedRates
        sample.line("Restposten", quantity: 7, price: 999, discount: 1_234)
        sample.allowances = [
            InvoiceAdjustment(name: "Winteraktion", net: 500, category: .standard, rate: rate("19")),
            InvoiceAdjustment(name: "Winteraktion", net: 100, category: .standard, rate: rate("7")),
        ]
        sample.charges = [InvoiceAdjustment(name: "standard", net: 419, category: .standard, rate: rate("19"))]
        return sample
    }

    /// 19.99 with tax: a net that no unit price divides.
    static var pricesWithTax: SampleInvoice {
        var sample = SampleInvoice()
        sample.line("Leuchte", quantity: 3, price: 1_999)
        sample.lines[0].netBeforeDiscount = 5_039
        sample.lines[0].net = 5_039
        return sample
    }

    static var rounding: SampleInvoice {
        var sample = domestic
        sample.rounding = -1
        return sample
    }

    static var prepaidInPart: SampleInvoice {
        var sample = domestic
        sample.prepaid = 1_000
        sample.rounding = 1
        sample.paymentMethod = "card"
        return sample
    }

    static func prepaid(by method: String?) -> SampleInvoice {
        var sample = domestic
        sample.prepaid = sample.invoice.totals.taxInclusive
        sample.paymentMethod = method
        return sample
    }

    static var yen: SampleInvoice {
        var sample = SampleInvoice(currency: "JPY", locale: "ja")
        sample.line("照明器具", quantity: 3, price: 1_234, discount: 17, .standard, "10")
        return sample
    }

    static var dinar: SampleInvoice {
        var sample = SampleInvoice(currency: "KWD", locale: "ar-KW")
        sample.sell(to: "مكتبة الكويت", country: "KW")
        sample.line("مصباح مكتبي", quantity: 3, price: 12_345, .export, "0")
        return sample
    }

    static var hostileTexts: SampleInvoice {
        var sample = SampleInvoice()
        sample.sell(to: "<script>alert('ü')</script> & \"Söhne\" ]]> \u{1}\u{FFFE}", country: "DE")
        sample.buyer.email = "\"odd <name>\"@example.com"
        sample.buyerReference = "a\rb\tc\nd"
        sample.line("🎁 Geschenk 👨‍👩‍👧‍👦 mit Schleife 🏳️‍🌈", price: 100)
        sample.line("مصباح \u{202E}desrever\u{202C} שלום", price: 100)
        sample.line("null\u{0}bell\u{7}noncharacter\u{FFFF}e\u{301}\u{200B}", price: 100)
        sample.line("</cbc:Name><cbc:Name>&amp;&lt;", price: 100)
        return sample
    }

    static func untaxed(_ category: TaxCategory, buyerVATID: String? = nil) -> SampleInvoice {
        var sample = SampleInvoice(locale: "en-GB")
        sample.sell(to: "Someone Ltd", country: "AT", vatID: buyerVATID)
        sample.line("Thing", quantity: 2, price: 1_050, category, "0")
        return sample
    }

    static var sellerWithoutNumber: SampleInvoice {
        var sample = untaxed(.notSubject)
        sample.seller.vatID = nil
        return sample
    }

    static var sellerWithForeignNumber: SampleInvoice {
        var sample = domestic
        sample.seller.vatID = "27/123/45678"
        return sample
    }

    static var bareSeller: SampleInvoice {
        var sample = domestic
        sample.seller = InvoiceParty(name: "A", street: "", postalCode: "", city: "", country: "DE", vatID: "de 123 456 789")
        return sample
    }

    static var buyerWithOddNumber: SampleInvoice {
        var sample = domestic
        sample.buyer.vatID = "?? 12"
        return sample
    }

    static var blankTexts: SampleInvoice {
        var sample = domestic
        sample.buyer.name = " "
        sample.orderID = "\n"
        sample.lines[0].name = "\t"
        sample.lines[1].sku = " "
        return sample
    }

    static var canaryIslands: SampleInvoice {
        var sample = SampleInvoice()
        sample.line("Lámpara", price: 10_000, .canaryIslands, "7")
        return sample
    }

    static var ceutaAndMelilla: SampleInvoice {
        var sample = SampleInvoice()
        sample.line("Lámpara", price: 10_000, .ceutaAndMelilla, "4")
        return sample
    }

    static var oddRate: SampleInvoice {
        var sample = SampleInvoice(currency: "USD", locale: "en-US")
        sample.line("Lamp", quantity: 3, price: 1_999, .standard, "8.875")
        return sample
    }

    static var hugeAmounts: SampleInvoice {
        var sample = SampleInvoice()
        sample.line("Raumstation", quantity: 1, price: 1_000_000_000_000)
        sample.line("Schrauben", quantity: 1_000_000, price: 1)
        return sample
    }

    /// Names in the world's scripts.
    static var world: SampleInvoice {
        var sample = SampleInvoice(locale: "en")
        sample.sell(to: "مكتبة الإسكندرية", country: "EG")
        for name in scripts { sample.line(name, quantity: 2, price: 12_345, .export, "0") }
        return sample
    }

    static let scripts = [
        "مصباح مكتبي من النحاس", "黄铜台灯", "真鍮のデスクランプ", "황동 책상 램프", "Латунная настольная лампа", "Ορειχάλκινο φωτιστικό γραφείου",
        "מנורת שולחן מפליז", "โคมไฟตั้งโต๊ะทองเหลือง", "पीतल का डेस्क लैंप", "Đèn bàn bằng đồng thau",
    ]

    /// Everything as long as it may be, and longer.
    static var longTexts: SampleInvoice {
        var sample = SampleInvoice()
        let long = String(repeating: "Donaudampfschifffahrtsgesellschaftskapitän ", count: 30)
        let unbroken = String(repeating: "0123456789abcdef", count: 40)
        sample.seller.name = "Erste Allgemeine Handelsgesellschaft für Leuchten, Lampen und Lichtzubehör aller Art mbH & Co. KG"
        sample.seller.email = "die-sehr-lange-adresse-unserer-buchhaltung@leuchten-und-lampen.example"
        sample.sell(to: long, country: "FR", vatID: "FR12345678901")
        sample.buyer.street = long
        sample.deliverTo.street = unbroken
        sample.orderID = String(unbroken.prefix(64))
        sample.buyerReference = long
        sample.line(long, quantity: 1_000_000, price: 1_000_000_000, discount: 999_999_999_999, sku: String(unbroken.prefix(64)))
        sample.line(unbroken, quantity: 1, price: 999)
        sample.allowances = [InvoiceAdjustment(name: long, net: 100, category: .standard, rate: rate("19"))]
        return sample
    }

    /// So many that taxes and sums cannot stand side by side on one page.
    static var manyRatesAndDiscounts: SampleInvoice {
        var sample = SampleInvoice()
        for percent in 1...40 {
            sample.line("Artikel zu \(percent) %", price: 10_000, .standard, String(percent))
            sample.allowances.append(
                InvoiceAdjustment(name: "Nachlass \(percent)", net: 10, category: .standard, rate: rate(String(percent)))
            )
        }
        return sample
    }

    static var freeOfCharge: SampleInvoice {
        var sample = SampleInvoice()
        sample.line("Probe", quantity: 1, price: 0)
        sample.line("Leuchte", quantity: 1, price: 500, discount: 500)
        return sample
    }

    static func manyLines(_ count: Int) -> SampleInvoice {
        var sample = SampleInvoice()
        for index in 1...count { sample.line("Artikel Nummer \(index)", quantity: Int64(index % 7 + 1), price: Int64(index)) }
        return sample
    }

    private static func rate(_ text: String) -> TaxRate { TaxRate(text) ?? .zero }
}
