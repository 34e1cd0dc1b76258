package import Commerce
internal import Yams

/// A network file as its author wrote it, every field checked: what `oms network apply` brings into the database.
///
/// What the file does not name stays as it is there, so a file need not be a whole network.
package struct NetworkFile: Hashable, Sendable {
    package var sellers: [Seller]
    package var channels: [Channel]
    package var suppliers: [Supplier]
    package var locations: [Location]
    /// How the locations work, by id.
    package var terms: [String: LocationTerms]
    /// The lists beside these four that the file names; each replaces what stands.
    package var sections: [NetworkSettings.Section]

    package init(
        sellers: [Seller] = [],
        channels: [Channel] = [],
        suppliers: [Supplier] = [],
        locations: [Location] = [],
        terms: [String: LocationTerms] = [:],
        sections: [NetworkSettings.Section] = []
    ) {
        self.sellers = sellers
        self.channels = channels
        self.suppliers = suppliers
        self.locations = locations
        self.terms = terms
        self.sections = sections
    }

    /// The four lists as the value the domain works with.
    package var network: Commerce.Network {
        Commerce.Network(sellers: sellers, channels: channels, suppliers: suppliers, locations: locations)
    }

    /// The largest text that is read, in bytes of UTF-8: 1 MiB, some 3,000 locations.
    package static let maximumBytes = 1_048_576

    /// What the database already knows, which a file may name without listing it.
    package struct Known: Sendable {
        package var sellers: Set<String>
        package var suppliers: Set<String>
        package var channels: Set<String>
        package var locations: Set<String>
        /// Those that have a transit table.
        package var carriers: Set<String>
        /// The seller that holds each invoice prefix.
        package var invoicePrefixes: [String: String]

        package init(
            sellers: Set<String> = [],
            suppliers: Set<String> = [],
            channels: Set<String> = [],
            locations: Set<String> = [],
            carriers: Set<String> = [],
            invoicePrefixes: [String: String] = [:]
        ) {
            self.sellers = sellers
            self.suppliers = suppliers
            self.channels = channels
            self.locations = locations
            self.carriers = carriers
            self.invoicePrefixes = invoicePrefixes
        }
    }

    /// Reads a network file strictly: unknown or repeated keys, wrong types, values out of range, names of what is not there,
    /// anchors and several documents are all refused.
    ///
    /// - Throws: every fault that was found at once, with its place. A text that is not even YAML has one fault only.
    package static func read(_ text: String, known: Known = Known()) throws(NetworkFileError) -> NetworkFile {
        let document = try YAMLDocument(text)
        let faults = FaultList()
        let file = document.withRoot { root in NetworkReader(faults: faults, known: known).read(root) }
        guard faults.isEmpty else { throw NetworkFileError(faults: faults.sorted(in: text)) }
        return file
    }
}
