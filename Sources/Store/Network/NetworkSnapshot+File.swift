internal import Commerce
package import TradeNetwork

extension NetworkSnapshot {
    /// The network as it would be with a file applied.
    ///
    /// What the file names for the first time is left out: it has no key yet, and no past.
    package func with(_ file: NetworkFile) throws -> NetworkSnapshot {
        func byID<Value>(_ values: [Value], _ id: (Value) -> String) -> [String: Value] {
            Dictionary(values.map { (id($0), $0) }, uniquingKeysWith: { $1 })
        }
        let sellers = self.sellers.merging(byID(file.sellers, \.id)) { $1 }
        let namedChannels = byID(file.channels, \.id)
        let namedLocations = byID(file.locations, \.id)
        let standing = settings.sections(NetworkSettings.sectionNames) + file.sections
        return NetworkSnapshot(
            version: version,
            sellers: Array(sellers.values),
            suppliers: Array(suppliers.merging(byID(file.suppliers, \.id)) { $1 }.values),
            channels: channels.map { entry in
                let channel = namedChannels[entry.channel.id] ?? entry.channel
                return KeyedChannel(key: entry.key, channel: channel, seller: sellers[channel.seller] ?? entry.seller)
            },
            locations: locations.map { entry in
                guard let location = namedLocations[entry.location.id] else { return entry }
                return KeyedLocation(key: entry.key, location: location, terms: file.terms[location.id] ?? LocationTerms())
            },
            settings: try NetworkSettings(sections: standing.map { (name: $0.name, json: $0.json) }),
            freshness: freshness,
            allotments: allotments
        )
    }
}
