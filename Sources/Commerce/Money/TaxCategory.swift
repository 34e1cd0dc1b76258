/// EN 16931's codes for how a line is taxed (UNTDID 5305, the subset the standard allows; BT-151).
package enum TaxCategory: String, Sendable, CaseIterable, Codable {
    /// Standard (and reduced) rate.
    case standard = "S"
    /// Zero rated goods.
    case zero = "Z"
    /// Exempt from tax.
    case exempt = "E"
    /// Reverse charge.
    case reverseCharge = "AE"
    /// Intra-community supply: VAT exempt, to a buyer with a VAT id in another EU country.
    case intraCommunity = "K"
    /// Free export, outside the EU.
    case export = "G"
    /// Not subject to tax.
    case notSubject = "O"
    /// Canary Islands general indirect tax.
    case canaryIslands = "L"
    /// Tax for production, services and importation in Ceuta and Melilla.
    case ceutaAndMelilla = "M"
}
