internal import Commerce
internal import Yams

/// Walks a parsed document and makes the values; what is wrong goes to `faults`.
struct NetworkReader {
    let faults: FaultList
    let known: NetworkFile.Known

    func read(_ root: Node) -> NetworkFile {
        let keys = ["sellers", "channels", "suppliers", "locations"] + NetworkSettings.sectionNames
        guard let object = ObjectReader(root, path: "", allowed: keys, faults: faults) else { return NetworkFile() }
        let references = References()
        let sellers = objects(object, "sellers", id: "id", SellerReader.read)
        let suppliers = objects(object, "suppliers", id: "id", SupplierReader.read)
        let channels = objects(object, "channels", id: "id", ChannelReader.read)
        let locations = objects(object, "locations", id: "location") { LocationReader.read($0, references) }
        let settings = SettingsReader(references: references).read(object)
        checkPrefixes(sellers)
        for entry in channels { references.note(.seller, entry.value?.seller, at: entry.reader.value("seller")) }
        for entry in locations { references.note(.supplier, entry.value?.location.supplier, at: entry.reader.value("supplier")) }
        references.check(.seller, known: known.sellers.union(sellers.map(\.id)))
        references.check(.supplier, known: known.suppliers.union(suppliers.map(\.id)))
        references.check(.channel, known: known.channels.union(channels.map(\.id)))
        references.check(.location, known: known.locations.union(locations.map(\.id)))
        // The tables of the file replace those that stand.
        let carriers = object.field("transit") == nil ? known.carriers : Set(settings.transit.compactMap(\.carrier))
        references.check(.carrier, known: carriers)
        return NetworkFile(
            sellers: sellers.compactMap(\.value),
            channels: channels.compactMap(\.value),
            suppliers: suppliers.compactMap(\.value),
            locations: locations.compactMap(\.value?.location),
            terms: Dictionary(locations.compactMap(\.value).map { ($0.location.id, $0.terms) }) { first, _ in first },
            sections: settings.sections(object.keys)
        )
    }

    private struct Entry<Value> {
        /// As written, even where the rest of the object is wrong, so that one fault does not bring forth others.
        var id: String
        var value: Value?
        var reader: ObjectReader
    }

    private func objects<Value>(
        _ object: ObjectReader,
        _ key: String,
        id idKey: String,
        _ read: (ValueReader) -> (ObjectReader, Value?)?
    ) -> [Entry<Value>] {
        var seen: [String: Int] = [:]
        return (object.value(key)?.list() ?? []).enumerated().compactMap { index, item in
            guard let (reader, value) = read(item) else { return nil }
            let id = reader.field(idKey)?.scalar?.string ?? ""
            if let first = seen[id] {
                reader.fault(.duplicateID, idKey, "\"\(id.clipped)\" is already the id of \(key)[\(first)].")
            } else if !id.isEmpty {
                seen[id] = index
            }
            return Entry(id: id, value: value, reader: reader)
        }
    }

    private func checkPrefixes(_ sellers: [Entry<Seller>]) {
        // Sellers of the file may pass a prefix on among themselves, so only those it does not name keep theirs.
        let named = Set(sellers.map(\.id))
        var holders = known.invoicePrefixes.filter { !named.contains($0.value) }
        for entry in sellers {
            guard let seller = entry.value else { continue }
            if let holder = holders[seller.invoicePrefix], holder != seller.id {
                let reason = "\"\(seller.invoicePrefix)\" is already the invoice prefix of seller \"\(holder.clipped)\"."
                entry.reader.fault(.duplicateInvoicePrefix, "invoicePrefix", reason)
            } else {
                holders[seller.invoicePrefix] = seller.id
            }
        }
    }
}
