/// A line of GeoNames' file of postal codes: a place, its code and where it lies.
///
/// Tab separated, UTF-8, 12 columns: country code, postal code, place name, three pairs of administrative name and code, latitude,
/// longitude, accuracy (GeoNames' `readme.txt` of the postal code download).
package struct GeoNamesPlace: Hashable, Sendable {
    package var postalCode: PostalCode
    package var coordinates: Coordinates

    package static let columns = 12

    /// What is wrong with a line.
    package enum Fault: Error, Hashable, Sendable {
        /// So many columns instead of 12.
        case columns(Int)
        case encoding
        case country
        case code
        /// Neither is there: GeoNames does not know where the place lies.
        case noCoordinates
        case coordinates
    }

    /// - Parameter line: without its line feed; a carriage return at its end is no part of it.
    package init(line: some Collection<UInt8>) throws(Fault) {
        let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
        guard fields.count == Self.columns else { throw .columns(fields.count) }
        let texts = fields.compactMap { String(validating: $0, as: UTF8.self) }
        guard texts.count == Self.columns else { throw .encoding }
        let country = texts[0]
        guard country.utf8.count == 2, country.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { throw .country }
        guard texts[1].utf8.count <= Self.longestCode, let code = PostalCode.normalized(texts[1], country: country) else { throw .code }
        guard !(texts[9].isEmpty && texts[10].isEmpty) else { throw .noCoordinates }
        guard let latitude = Double(texts[9]), let longitude = Double(texts[10]), (-90...90).contains(latitude),
            (-180...180).contains(longitude)
        else { throw .coordinates }
        postalCode = PostalCode(country: country, code: code)
        coordinates = Coordinates(latitude: latitude, longitude: longitude)
    }

    /// In bytes; GeoNames' own bound is 20 characters.
    private static let longestCode = 80
}

extension GeoNamesPlace.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .columns(let count): "\(count) columns instead of \(GeoNamesPlace.columns)"
        case .encoding: "not UTF-8"
        case .country: "no country code of two capitals in column 1"
        case .code: "no postal code in column 2"
        case .noCoordinates: "no coordinates"
        case .coordinates: "no latitude and longitude in degrees in columns 10 and 11"
        }
    }
}
