/// The words of one language. A new language is one more value of this type, and a case in ``DocumentLocale``.
struct DocumentWords: Sendable {
    var invoice: String
    var invoiceNumber: String
    var invoiceDate: String
    var deliveryDate: String
    var order: String
    var yourReference: String
    var yourVATID: String
    var shipment: String
    var deliveredTo: String
    var page: @Sendable (_ number: Int, _ of: Int) -> String

    var position: String
    var article: String
    var quantity: String
    var unitPrice: String
    var withTax: String
    var withoutTax: String
    var discount: String
    var taxRate: String
    var amount: String

    var subtotal: String
    var shipping: String
    var netTotal: String
    var tax: @Sendable (_ rate: String) -> String
    var taxRateLong: String
    var taxable: String
    var taxAmount: String
    var total: String
    var paid: String
    var rounding: String
    var due: String

    var phone: String
    var vatID: String
    var taxNumber: String
    var email: String

    var exempt: String
    var reverseCharge: String
    var intraCommunity: String
    var export: String
    var notSubject: String

    /// Terms in a short sentence, for the XML.
    var payOnReceipt: String
    var payBy: @Sendable (_ method: String) -> String
    var transfer: @Sendable (_ amount: String, _ iban: String, _ number: String) -> String
    var transferWithoutAccount: @Sendable (_ amount: String, _ number: String) -> String
    var paidInFull: @Sendable (_ method: String?) -> String
    var thanks: String

    /// The payments that have a name of their own in this language; others are called what the channel calls them.
    var methods: [String: String]

    func exemption(_ exemption: TaxExemption) -> String {
        switch exemption {
        case .exempt: exempt
        case .reverseCharge: reverseCharge
        case .intraCommunity: intraCommunity
        case .export: export
        case .notSubject: notSubject
        }
    }

    /// `Payable on receipt without deduction`, or how it will be taken.
    func paymentTerms(_ method: String?) -> String {
        guard let method, !method.isBlank, PaymentMeans.Kind(method) != .transfer else { return payOnReceipt }
        return payBy(methodName(method))
    }

    /// `Shipping (express)`: a charge carries the name of the way it travels.
    func charge(_ name: String) -> String {
        name.isBlank || name.lowercased() == shipping.lowercased() ? shipping : "\(shipping) (\(name))"
    }

    /// In this language where we know it; several, separated by commas, one by one.
    func methodName(_ method: String) -> String {
        method.split(separator: ",").map { part in
            let name = part.drop { $0.isWhitespace }
            return methods[name.lowercased().filter { $0.isLetter }] ?? String(name)
        }
        .joined(separator: ", ")
    }
}
