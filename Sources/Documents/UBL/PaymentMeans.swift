internal import Commerce

/// How an invoice is or was paid, in codes of UNTDID 4461 (BT-81).
struct PaymentMeans: Hashable {
    var code: String
    /// The payment's name as the channel gave it (BT-82).
    var name: String?
    /// Where to pay to (BT-84); BR-61 asks for it with credit transfers.
    var account: String?

    /// `nil` where there is nothing to say: all is paid, and nobody told how.
    init?(of invoice: Invoice) {
        let iban = invoice.seller.iban.flatMap { $0.isBlank ? nil : $0.filter { !$0.isWhitespace } }
        let method = invoice.paymentMethod.flatMap { $0.isBlank ? nil : $0 }
        guard let kind = Kind(method) else {
            guard method != nil || invoice.totals.payable > 0 else { return nil }
            // 1: instrument not defined.
            self.init(code: "1", name: method, account: nil)
            return
        }
        switch kind {
        case .transfer:
            guard method != nil || invoice.totals.payable > 0 else { return nil }
            guard let iban else {
                self.init(code: "1", name: method, account: nil)
                return
            }
            // 58 is the SEPA credit transfer, which exists in euros only; 30 any credit transfer.
            self.init(code: invoice.currency == "EUR" ? "58" : "30", name: method, account: iban)
        case .card: self.init(code: "48", name: method, account: nil)
        case .directDebit: self.init(code: "49", name: method, account: nil)
        case .cash: self.init(code: "10", name: method, account: nil)
        case .online: self.init(code: "68", name: method, account: nil)
        }
    }

    init(code: String, name: String?, account: String?) {
        self.code = code
        self.name = name
        self.account = account
    }

    /// The kinds of payment told apart; channels name them as they like.
    enum Kind {
        case transfer, card, directDebit, cash, online

        /// No method means on account, by transfer. `nil` for a name that says nothing to us.
        init?(_ method: String?) {
            guard let method else {
                self = .transfer
                return
            }
            // A split payment names several; a document can code one (UBL-SR-47), so they must be of one kind.
            let kinds = method.split(separator: ",").map { Self.names[$0.lowercased().filter { $0.isLetter }] }
            guard let first = kinds.first, let kind = first, kinds.allSatisfy({ $0 == kind }) else { return nil }
            self = kind
        }

        private static let names: [String: Kind] = [
            "account": .transfer, "onaccount": .transfer, "invoice": .transfer, "transfer": .transfer, "banktransfer": .transfer,
            "credittransfer": .transfer, "wire": .transfer, "wiretransfer": .transfer, "prepayment": .transfer, "sepa": .transfer,
            "card": .card, "creditcard": .card, "debitcard": .card, "visa": .card, "mastercard": .card, "amex": .card,
            "directdebit": .directDebit, "sepadirectdebit": .directDebit, "sepadebit": .directDebit,
            "cash": .cash, "cashondelivery": .cash,
            "paypal": .online, "applepay": .online, "googlepay": .online, "amazonpay": .online, "klarna": .online, "stripe": .online,
            "wallet": .online, "twint": .online, "alipay": .online,
        ]
    }
}
