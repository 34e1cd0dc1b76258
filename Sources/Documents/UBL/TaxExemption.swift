internal import Commerce

/// Why no tax is charged: the categories EN 16931 wants a reason for (BT-120, BT-121).
enum TaxExemption: CaseIterable {
    case exempt, reverseCharge, intraCommunity, export, notSubject

    init?(_ category: TaxCategory) {
        switch category {
        case .exempt: self = .exempt
        case .reverseCharge: self = .reverseCharge
        case .intraCommunity: self = .intraCommunity
        case .export: self = .export
        case .notSubject: self = .notSubject
        case .standard, .zero, .canaryIslands, .ceutaAndMelilla: return nil
        }
    }

    /// From the CEF VATEX code list. A plain exemption has no code without its article of the directive, which nobody told us.
    var code: String? {
        switch self {
        case .exempt: nil
        case .reverseCharge: "VATEX-EU-AE"
        case .intraCommunity: "VATEX-EU-IC"
        case .export: "VATEX-EU-G"
        case .notSubject: "VATEX-EU-O"
        }
    }
}
