/// The 249 officially assigned codes of ISO 3166-1 alpha-2.
package enum CountryCode {
    /// Whether `text` is one of them, in capitals.
    package static func isAssigned(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { isAssigned($0) }
    }

    static func isAssigned(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == 2, let index = index(text[0], text[1]) else { return false }
        return table[index]
    }

    /// All of them, in alphabetical order.
    package static let all: [String] = codes.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)

    private static let table: [Bool] = {
        var table = [Bool](repeating: false, count: 26 * 26)
        for code in all {
            let letters = Array(code.utf8)
            if letters.count == 2, let index = index(letters[0], letters[1]) { table[index] = true }
        }
        return table
    }()

    private static func index(_ first: UInt8, _ second: UInt8) -> Int? {
        let high = first &- UInt8(ascii: "A")
        let low = second &- UInt8(ascii: "A")
        return high < 26 && low < 26 ? Int(high) * 26 + Int(low) : nil
    }

    private static let codes = """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
        GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT
        JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY
        MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM
        PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ
        TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """
}
