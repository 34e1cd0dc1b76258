/// The European Union as far as value added tax goes.
package enum EuropeanUnion {
    /// The 27 member states in 2026, ISO 3166-1 alpha-2. Source: european-union.europa.eu, "EU countries"; none joined or left since 2020.
    package static let members: Set<String> = [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL",
        "PT", "RO", "SE", "SI", "SK",
    ]

    /// Whether goods sent to that country stay in the EU's VAT territory. Monaco counts as France (directive 2006/112/EC, article 7).
    /// Parts of member states that stand outside (the Canary Islands, Ceuta, Åland …) have no country code of their own in an
    /// `ES` or `FI` address: the channel names the category of such lines itself.
    package static func contains(_ country: String) -> Bool { members.contains(vatCountry(country)) }

    /// The state whose VAT applies in that country.
    package static func vatCountry(_ country: String) -> String { country == "MC" ? "FR" : country }
}
