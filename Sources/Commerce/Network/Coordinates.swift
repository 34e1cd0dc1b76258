/// A point on the earth, WGS 84, in degrees.
package struct Coordinates: Hashable, Sendable, Codable {
    /// -90 to 90.
    package var latitude: Double
    /// -180 to 180.
    package var longitude: Double

    package init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }
}
