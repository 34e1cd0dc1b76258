package import Commerce
internal import Foundation

extension LocationTerms {
    /// Compact JSON with sorted keys, for storage and comparison.
    package var json: String { StoredSettings.text(self) ?? "{}" }

    /// Reads back what `json` wrote; `{}` are the terms of a location of which no file said any.
    package init(json: String) throws(NetworkStorageError) {
        self = json == "{}" ? LocationTerms() : try StoredSettings.value(json, "location's terms")
    }
}

extension NetworkSettings {
    /// One list of the network file, as it is stored.
    package struct Section: Hashable, Sendable {
        /// The key in the network file.
        package var name: String
        package var json: String
    }

    /// A list of the network file: its key there, and where it stands here.
    private struct Known: Sendable {
        var name: String
        var text: @Sendable (NetworkSettings) -> String?
        var read: @Sendable (String, inout NetworkSettings) throws(NetworkStorageError) -> Void

        init<Value: Codable & Sendable>(_ name: String, _ path: any WritableKeyPath<NetworkSettings, Value> & Sendable) {
            self.name = name
            text = { StoredSettings.text($0[keyPath: path]) }
            read = { json, settings throws(NetworkStorageError) in settings[keyPath: path] = try StoredSettings.value(json, name) }
        }
    }

    private static let known: [Known] = [
        Known("calendars", \.calendars),
        Known("transit", \.transit),
        Known("safetyStock", \.safetyStock),
        Known("allotments", \.allotments),
        Known("preorders", \.preorders),
        Known("freshness", \.freshness),
        Known("fulfillment", \.fulfillment),
        Known("pickup", \.pickup),
        Known("rules", \.rules.live),
        Known("shadowRules", \.rules.shadow),
        Known("storefront", \.storefront),
        Known("decisions", \.decisions),
    ]

    /// The keys of the network file that these settings have.
    package static var sectionNames: [String] { known.map(\.name) }

    /// The named sections, for storage; a name that is not known gives none.
    package func sections(_ names: [String]) -> [Section] {
        Self.known.filter { names.contains($0.name) }.compactMap { section in
            section.text(self).map { Section(name: section.name, json: $0) }
        }
    }

    /// Reads back what was stored; sections that are not there have their defaults, those of a later version are passed over.
    package init(sections: [(name: String, json: String)]) throws(NetworkStorageError) {
        self.init()
        for section in sections {
            guard let known = Self.known.first(where: { $0.name == section.name }) else { continue }
            try known.read(section.json, &self)
        }
    }
}

private enum StoredSettings {
    static func text(_ value: some Encodable) -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing here can fail to encode: texts, whole numbers, lists of them.
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
    }

    static func value<Value: Decodable>(_ json: String, _ object: String) throws(NetworkStorageError) -> Value {
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(json.utf8)) else { throw NetworkStorageError(object: object) }
        return value
    }
}
