package import Commerce

/// The network as one version of it stands in the database, with the short keys rows refer to.
package struct NetworkSnapshot: Sendable {
    package struct KeyedChannel: Sendable {
        package var key: Int32
        package var channel: Channel
        package var seller: Seller
    }

    package struct KeyedLocation: Sendable {
        package var key: Int32
        package var location: Location
        /// How it works, as the network file says.
        package var terms: LocationTerms

        package init(key: Int32, location: Location, terms: LocationTerms = LocationTerms()) {
            self.key = key
            self.location = location
            self.terms = terms
        }

        /// As deciding sees it.
        package var sourcing: SourcingLocation {
            SourcingLocation(key: Int64(key), id: location.id, priority: location.priority, coordinates: location.coordinates)
        }
    }

    package let version: Int64
    package let settings: NetworkSettings
    /// The settings' allotments, with keys.
    package let allotments: KeyedAllotments
    package let suppliers: [String: Supplier]
    package let sellers: [String: Seller]
    private let channelsByID: [String: KeyedChannel]
    private let channelsByKey: [Int32: KeyedChannel]
    private let locationsByID: [String: KeyedLocation]
    private let locationsByKey: [Int32: KeyedLocation]
    /// By id, byte by byte.
    package let channels: [KeyedChannel]
    /// In the order of their keys.
    package let locations: [KeyedLocation]
    /// Keys of the locations that may ship: active ones whose feed is not so late that they dropped out.
    package let activeLocations: [Int32]
    /// The same, with what they keep back.
    package let sellingPlaces: [WaitingLines.Place]
    /// By location, where the feed is late.
    package let freshness: [Int32: FeedFreshness]
    package let safetyStock: SafetyStockRules
    /// The same, prepared for deciding.
    package let sourcing: SourcingLocations

    package init(
        version: Int64,
        sellers: [Seller],
        suppliers: [Supplier],
        channels: [KeyedChannel],
        locations: [KeyedLocation],
        settings: NetworkSettings = NetworkSettings(),
        freshness: [Int32: FeedFreshness] = [:],
        allotments: KeyedAllotments = KeyedAllotments()
    ) {
        self.version = version
        self.settings = settings
        self.allotments = allotments
        self.sellers = Dictionary(sellers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.suppliers = Dictionary(suppliers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        channelsByID = Dictionary(channels.map { ($0.channel.id, $0) }, uniquingKeysWith: { first, _ in first })
        channelsByKey = Dictionary(channels.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        self.channels = channels.sorted { precedesBytewise($0.channel.id, $1.channel.id) }
        locationsByID = Dictionary(locations.map { ($0.location.id, $0) }, uniquingKeysWith: { first, _ in first })
        locationsByKey = Dictionary(locations.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        self.locations = locations.sorted { $0.key < $1.key }
        self.freshness = freshness
        let safetyStock = SafetyStockRules(settings.safetyStock)
        self.safetyStock = safetyStock
        let active = self.locations.filter { $0.location.active && freshness[$0.key]?.isDropped != true }
        activeLocations = active.map(\.key)
        sellingPlaces = active.map { entry in
            WaitingLines.Place(
                location: entry.key,
                kept: safetyStock.least(location: entry.location.id, supplier: entry.location.supplier),
                percent: freshness[entry.key]?.bufferPercent(settings.freshness) ?? 0
            )
        }
        sourcing = SourcingLocations(active.map(\.sourcing))
    }

    package var channelIDs: Set<String> { Set(channelsByID.keys) }
    package func channel(_ id: String) -> KeyedChannel? { channelsByID[id] }
    package func channel(key: Int32) -> KeyedChannel? { channelsByKey[key] }
    package func location(_ id: String) -> KeyedLocation? { locationsByID[id] }
    package func location(key: Int32) -> KeyedLocation? { locationsByKey[key] }
}
