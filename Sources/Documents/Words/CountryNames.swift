extension DocumentLocale {
    /// The country's name for the last line of a foreign address; its code where we have no name for it.
    func country(_ code: String) -> String {
        let names = language == .german ? Self.german : Self.english
        return names[code] ?? code
    }

    private static let english: [String: String] = [
        "AE": "United Arab Emirates", "AT": "Austria", "AU": "Australia", "BE": "Belgium", "BG": "Bulgaria", "BR": "Brazil",
        "CA": "Canada", "CH": "Switzerland", "CN": "China", "CY": "Cyprus", "CZ": "Czechia", "DE": "Germany", "DK": "Denmark",
        "EE": "Estonia", "EG": "Egypt", "ES": "Spain", "FI": "Finland", "FR": "France", "GB": "United Kingdom", "GR": "Greece",
        "HK": "Hong Kong", "HR": "Croatia", "HU": "Hungary", "IE": "Ireland", "IL": "Israel", "IN": "India", "IS": "Iceland",
        "IT": "Italy", "JP": "Japan", "KR": "South Korea", "KW": "Kuwait", "LI": "Liechtenstein", "LT": "Lithuania",
        "LU": "Luxembourg", "LV": "Latvia", "MC": "Monaco", "MT": "Malta", "MX": "Mexico", "NL": "Netherlands", "NO": "Norway",
        "NZ": "New Zealand", "PL": "Poland", "PT": "Portugal", "RO": "Romania", "RS": "Serbia", "SA": "Saudi Arabia", "SE": "Sweden",
        "SG": "Singapore", "SI": "Slovenia", "SK": "Slovakia", "TR": "Türkiye", "TW": "Taiwan", "UA": "Ukraine",
        "US": "United States", "ZA": "South Africa",
    ]

    private static let german: [String: String] = [
        "AE": "Vereinigte Arabische Emirate", "AT": "Österreich", "AU": "Australien", "BE": "Belgien", "BG": "Bulgarien",
        "BR": "Brasilien", "CA": "Kanada", "CH": "Schweiz", "CN": "China", "CY": "Zypern", "CZ": "Tschechien", "DE": "Deutschland",
        "DK": "Dänemark", "EE": "Estland", "EG": "Ägypten", "ES": "Spanien", "FI": "Finnland", "FR": "Frankreich",
        "GB": "Vereinigtes Königreich", "GR": "Griechenland", "HK": "Hongkong", "HR": "Kroatien", "HU": "Ungarn", "IE": "Irland",
        "IL": "Israel", "IN": "Indien", "IS": "Island", "IT": "Italien", "JP": "Japan", "KR": "Südkorea", "KW": "Kuwait",
        "LI": "Liechtenstein", "LT": "Litauen", "LU": "Luxemburg", "LV": "Lettland", "MC": "Monaco", "MT": "Malta", "MX": "Mexiko",
        "NL": "Niederlande", "NO": "Norwegen", "NZ": "Neuseeland", "PL": "Polen", "PT": "Portugal", "RO": "Rumänien",
        "RS": "Serbien", "SA": "Saudi-Arabien", "SE": "Schweden", "SG": "Singapur", "SI": "Slowenien", "SK": "Slowakei",
        "TR": "Türkei", "TW": "Taiwan", "UA": "Ukraine", "US": "Vereinigte Staaten", "ZA": "Südafrika",
    ]
}
