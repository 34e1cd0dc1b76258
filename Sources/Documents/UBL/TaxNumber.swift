/// A party's tax number: a VAT id where it begins with the code of a country, else some other registration.
struct TaxNumber: Hashable {
    let text: String
    let isVATID: Bool

    /// `nil` where nothing was given. VAT ids are written in capitals without spaces; other numbers as they came.
    init?(_ given: String?) {
        guard let given, !given.isBlank else { return nil }
        let compact = given.filter { !$0.isWhitespace }.uppercased()
        isVATID = Self.hasCountryPrefix(compact)
        text = isVATID ? compact : given
    }

    /// BR-CO-09's list: ISO 3166-1 alpha-2, EL for Greece, XI for Northern Ireland, 1A for Kosovo.
    private static func hasCountryPrefix(_ number: String) -> Bool {
        let utf8 = Array(number.utf8.prefix(3))
        guard utf8.count == 3 else { return false }
        return stride(from: 0, to: prefixes.count, by: 2).contains { prefixes[$0] == utf8[0] && prefixes[$0 + 1] == utf8[1] }
    }

    private static let prefixes = Array(
        """
        1AADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDO\
        DZECEEEGEHELERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKR\
        KWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPT\
        PWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXIYE\
        YTZAZMZW
        """.utf8
    )
}
