internal import Commerce

/// A location and how it works.
struct DefinedLocation {
    var location: Location
    var terms: LocationTerms
}

/// `locations[n]`
enum LocationReader {
    private static let keys =
        [
            "location", "supplier", "kind", "name", "street", "postalCode", "city", "country", "timeZone", "latitude", "longitude",
            "priority", "dailyCapacity", "leadTimeHours", "parcelCost", "queue", "active",
        ] + TermsReader.keys

    static func read(_ value: ValueReader, _ references: References) -> (ObjectReader, DefinedLocation?)? {
        guard let object = value.object(keys) else { return nil }
        let id = object.text("location", required: true, .id)
        let supplier = object.text("supplier", .id)
        let kind = object.choice("kind", required: true, Location.Kind.self)
        let name = object.text("name", required: true, .line)
        let street = object.text("street", .line)
        let postalCode = object.text("postalCode", .line)
        let city = object.text("city", .line)
        let country = object.text("country", required: true, .country)
        let timeZone = object.text("timeZone", .timeZone) ?? "UTC"
        let coordinates = coordinates(object)
        let priority = object.integer("priority", Limits.priority) ?? 100
        let dailyCapacity = object.integer("dailyCapacity", Limits.units)
        let leadTimeHours = object.integer("leadTimeHours", 0...8_760)
        let parcelCost = object.integer("parcelCost", Limits.money)
        let queue = object.flag("queue") ?? false
        let active = object.flag("active") ?? true
        let terms = TermsReader.read(object, references)
        guard let id, let kind, let name, let country else { return (object, nil) }
        let location = Location(
            id: id,
            supplier: supplier,
            kind: kind,
            name: name,
            street: street,
            postalCode: postalCode,
            city: city,
            country: country,
            timeZone: timeZone,
            coordinates: coordinates,
            priority: priority,
            dailyCapacity: dailyCapacity,
            leadTimeHours: leadTimeHours,
            parcelCost: parcelCost,
            queue: queue,
            active: active
        )
        return (object, DefinedLocation(location: location, terms: terms))
    }

    private static func coordinates(_ object: ObjectReader) -> Coordinates? {
        let latitude = object.degrees("latitude", -90...90)
        let longitude = object.degrees("longitude", -180...180)
        guard (object.field("latitude") == nil) == (object.field("longitude") == nil) else {
            object.fault(.missingKey, "latitude", "latitude and longitude belong together; one of them is missing.")
            return nil
        }
        guard let latitude, let longitude else { return nil }
        return Coordinates(latitude: latitude, longitude: longitude)
    }
}
