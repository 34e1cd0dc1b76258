/// A stock code that stands for a fee or a correction, not for goods. Goods are five digits and letters, or begin with `DCGS`.
enum FeeCode: Sendable {
    case shipping, discount
    case skipped(RowDestination)

    /// `nil` for goods. Letter case counts for goods, but the file writes `M` as `m` once.
    init?(_ code: String) {
        switch code.uppercased() {
        case "POST", "DOT", "C2": self = .shipping
        case "D": self = .discount
        case "M": self = .skipped(.manual)
        case "S": self = .skipped(.sample)
        case "BANK CHARGES": self = .skipped(.bankCharges)
        case "AMAZONFEE": self = .skipped(.marketplaceFee)
        case "CRUK": self = .skipped(.commission)
        case "PADS": self = .skipped(.cushionPads)
        case "B": self = .skipped(.badDebt)
        case let upper where upper.hasPrefix("GIFT_"): self = .skipped(.giftVoucher)
        default: return nil
        }
    }
}
