#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A point on the unit sphere. Distances between such points need one arc sine each, and no cosines.
struct UnitVector: Hashable, Sendable {
    let x: Double
    let y: Double
    let z: Double

    /// `nil` for coordinates that are not numbers on the globe.
    init?(_ point: Coordinates) {
        guard (-90...90).contains(point.latitude), (-180...180).contains(point.longitude) else { return nil }
        let latitude = point.latitude * .pi / 180
        let longitude = point.longitude * .pi / 180
        x = cos(latitude) * cos(longitude)
        y = cos(latitude) * sin(longitude)
        z = sin(latitude)
    }

    /// Great-circle distance on the mean sphere, rounded to whole meters; good to about 0.5 % of the ellipsoid's.
    func meters(to other: UnitVector) -> Int64 {
        let (dx, dy, dz) = (x - other.x, y - other.y, z - other.z)
        let chord = (dx * dx + dy * dy + dz * dz).squareRoot()
        return Int64((2 * asin(min(1, chord / 2)) * Self.earthRadius).rounded())
    }

    /// Half the circumference: no two points are farther apart.
    static let farthest = Int64((Double.pi * earthRadius).rounded())

    /// Mean radius R1 of the GRS 80 ellipsoid, meters (IUGG; Moritz, "Geodetic Reference System 1980").
    private static let earthRadius = 6_371_008.8
}

extension Coordinates {
    /// Great-circle distance in whole meters; `nil` where a point is not on the globe.
    package func meters(to other: Coordinates) -> Int64? {
        guard let from = UnitVector(self), let to = UnitVector(other) else { return nil }
        return from.meters(to: to)
    }
}
