/// A currency of ISO 4217 in which amounts can be counted, with the number of decimals its minor unit stands for.
package struct Currency: Hashable, Sendable {
    /// Three capital letters: `EUR`.
    package let code: String
    /// Decimals of the minor unit: EUR 2, JPY 0, KWD 3, CLF 4.
    package let exponent: Int

    /// The currency of that code; `nil` for a code that is not in force, in lower case, or without a minor unit (`XAU`, `XXX`).
    package init?(code: String) {
        guard let key = Self.key(code), let exponent = Self.exponents[key] else { return nil }
        self.code = code
        self.exponent = exponent
    }

    /// Minor units in one major unit: EUR 100, JPY 1, KWD 1000.
    package var unitsPerMajor: Int64 { (0..<exponent).reduce(1) { value, _ in value * 10 } }

    /// Every code in force, sorted.
    package static var allCodes: [String] { byExponent.flatMap { $0.codes.split(separator: " ").map(String.init) }.sorted() }

    private static let exponents: [UInt32: Int] = {
        var table: [UInt32: Int] = [:]
        for (exponent, codes) in byExponent {
            for code in codes.split(separator: " ") { if let key = key(code) { table[key] = exponent } }
        }
        return table
    }()

    private static func key(_ code: some StringProtocol) -> UInt32? {
        guard code.utf8.count == 3 else { return nil }
        return code.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// ISO 4217 "List one" as published by its maintenance agency (SIX) on 2026-01-01: 165 codes. Those with minor unit
    /// "N.A." (precious metals, SDR, test codes) are left out: no amount can be counted in them. BGN left the list that day.
    private static let byExponent: [(exponent: Int, codes: String)] = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (
            2,
            """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY \
            COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS \
            INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR \
            MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP \
            STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
            """
        ),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    ]
}
