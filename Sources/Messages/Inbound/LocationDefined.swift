package import Commerce

/// `location.defined`: a place that holds stock, as its operator describes it; the last `updatedAt` wins. Natural key: location.
package struct LocationDefined: InboundBody {
    package var location: Location
    /// Never later than the receipt.
    package var updatedAt: Timestamp
    package var claimedAt: Timestamp

    package init(location: Location, updatedAt: Timestamp, claimedAt: Timestamp? = nil) {
        self.location = location
        self.updatedAt = updatedAt
        self.claimedAt = claimedAt ?? updatedAt
    }

    package var type: InboundType { .locationDefined }
    package var senderID: String { location.id }

    package func write(to json: inout JSONWriter) {
        let defaults = Location(id: "", name: "", country: "")
        json.beginObject()
        json.member("location", location.id)
        json.member("supplier", optional: location.supplier)
        if location.kind != defaults.kind { json.member("kind", location.kind.rawValue) }
        json.member("name", location.name)
        json.member("street", optional: location.street)
        json.member("postalCode", optional: location.postalCode)
        json.member("city", optional: location.city)
        json.member("country", location.country)
        if location.timeZone != defaults.timeZone { json.member("timeZone", location.timeZone) }
        json.members(location.coordinates)
        if location.priority != defaults.priority { json.member("priority", location.priority) }
        json.member("dailyCapacity", optional: location.dailyCapacity)
        json.member("leadTimeHours", optional: location.leadTimeHours)
        json.member("parcelCost", optional: location.parcelCost)
        if location.queue != defaults.queue { json.member("queue", location.queue) }
        if location.active != defaults.active { json.member("active", location.active) }
        json.member("updatedAt", claimedAt)
        json.endObject()
    }
}

private enum Field: String, FieldName {
    case location, supplier, kind, name, street, postalCode, city, country, timeZone, latitude, longitude, priority, dailyCapacity
    case leadTimeHours, parcelCost, queue, active, updatedAt
    static let names = FieldNames<Self>()
}

extension JSONReader {
    mutating func locationDefined(receivedAt: Timestamp) throws(MessageRefusal) -> LocationDefined {
        var locationID: String?
        var locationName: String?
        var country: String?
        var latitude: Double?
        var longitude: Double?
        var updatedAt: ReportedTime?
        var result = Location(id: "", name: "", country: "")
        var object = try beginObject()
        while let field = try nextField(Field.names, &object) {
            switch field {
            case .location: locationID = try token()
            case .supplier: result.supplier = try token()
            case .kind: result.kind = try choice(Location.Kind.self)
            case .name: locationName = try name()
            case .street: result.street = try text(1...200)
            case .postalCode: result.postalCode = try text(0...20)
            case .city: result.city = try text(1...200)
            case .country: country = try self.country()
            case .timeZone: result.timeZone = try timeZone()
            case .latitude: latitude = try double(-90...90)
            case .longitude: longitude = try double(-180...180)
            case .priority: result.priority = try integer(0...1_000_000)
            case .dailyCapacity: result.dailyCapacity = try integer(0...Self.maximumCount)
            case .leadTimeHours: result.leadTimeHours = try integer(0...8_760)
            case .parcelCost: result.parcelCost = try price()
            case .queue: result.queue = try bool()
            case .active: result.active = try bool()
            case .updatedAt: updatedAt = try pastTime(receivedAt: receivedAt)
            }
        }
        result.id = try required(locationID, "location")
        result.name = try required(locationName, "name")
        result.country = try required(country, "country")
        result.coordinates = try coordinates(latitude, longitude)
        let time = try required(updatedAt, "updatedAt")
        return LocationDefined(location: result, updatedAt: time.effective, claimedAt: time.claimed)
    }
}
