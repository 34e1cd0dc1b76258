internal import Commerce

/// A currency as a document needs it: its code, and how many digits follow the point.
struct DocumentCurrency {
    let code: String
    /// ISO 4217's exponent; 2 for a code that has left the list since the invoice was written.
    let digits: Int

    init(_ code: String) {
        self.code = code
        digits = Currency(code: code)?.exponent ?? 2
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
}
