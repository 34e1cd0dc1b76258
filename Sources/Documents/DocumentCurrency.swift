internal import Commerce

/// A currency as a document needs it: its code, and how many digits follow the point.
struct DocumentCurrency {
    let code: String
    /// ISO 4217's exponent.
    let digits: Int

    init(_ code: String) {
        self.code = code
        digits = Self.exponents[code] ?? 2
    }

    /// `-12.34`: a decimal number with exactly the currency's digits, as XML wants it.
    func decimal(_ minorUnits: Int64) -> String {
        let (whole, fraction) = parts(of: minorUnits)
        let sign = minorUnits < 0 ? "-" : ""
        return fraction.isEmpty ? sign + whole : "\(sign)\(whole).\(fraction)"
    }

    /// The digits before and after the point, without sign.
    func parts(of minorUnits: Int64) -> (whole: String, fraction: String) {
        let all = String(minorUnits.magnitude)
        guard digits > 0 else { return (all, "") }
        let padded = String(repeating: "0", count: max(0, digits + 1 - all.utf8.count)) + all
        return (String(padded.dropLast(digits)), String(padded.suffix(digits)))
    }

    private static let exponents: [String: Int] = [
        "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "UYI": 0,
        "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
        "CLF": 4, "UYW": 4,
    ]
}
