internal import Commerce
internal import Yams

/// Walks a parsed document and makes the values; what is wrong goes to `faults`.
struct NetworkReader {
    let faults: FaultList
    let known: NetworkFile.Known

    func read(_ root: Node) -> NetworkFile {
        let keys = ["sellers", "channels", "suppliers", "locations", "rules"]
        guard let object = ObjectReader(root, path: "", allowed: keys, faults: faults) else { return NetworkFile() }
        let sellers = objects(object, "sellers", id: "id") { SellerReader.read($0, $1, faults) }
        let suppliers = objects(object, "suppliers", id: "id") { SupplierReader.read($0, $1, faults) }
        let channels = objects(object, "channels", id: "id") { ChannelReader.read($0, $1, faults) }
        let locations = objects(object, "locations", id: "location") { LocationReader.read($0, $1, faults) }
        checkPrefixes(sellers)
        let sellerIDs = known.sellers.union(sellers.map(\.id))
        for entry in channels where entry.value.map({ !sellerIDs.contains($0.seller) }) ?? false {
            entry.reader.fault(.unknownSeller, "seller", "There is no seller \"\((entry.value?.seller ?? "").clipped)\".")
        }
        let supplierIDs = known.suppliers.union(suppliers.map(\.id))
        for entry in locations {
            guard let supplier = entry.value?.supplier, !supplierIDs.contains(supplier) else { continue }
            entry.reader.fault(.unknownSupplier, "supplier", "There is no supplier \"\(supplier.clipped)\".")
        }
        return NetworkFile(
            sellers: sellers.compactMap(\.value),
            channels: channels.compactMap(\.value),
            suppliers: suppliers.compactMap(\.value),
            locations: locations.compactMap(\.value),
            rules: rules(object)
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
        _ read: (Node, String) -> (ObjectReader, Value?)?
    ) -> [Entry<Value>] {
        var seen: [String: Int] = [:]
        return items(object, key).enumerated().compactMap { index, node in
            guard let (reader, value) = read(node, "\(key)[\(index)]") else { return nil }
            let id = reader.field(idKey)?.scalar?.string ?? ""
            if let first = seen[id] {
                reader.fault(.duplicateID, idKey, "\"\(id.clipped)\" is already the id of \(key)[\(first)].")
            } else if !id.isEmpty {
                seen[id] = index
            }
            return Entry(id: id, value: value, reader: reader)
        }
    }

    private func items(_ object: ObjectReader, _ key: String) -> [Node] {
        guard let node = object.field(key) else { return [] }
        guard case .sequence(let sequence) = node else {
            object.fault(.invalidField, key, "A list is wanted here.")
            return []
        }
        return Array(sequence)
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

    private func rules(_ object: ObjectReader) -> String? {
        guard object.field("rules") != nil else { return nil }
        guard items(object, "rules").isEmpty else {
            object.fault(.unsupportedRules, "rules", "Routing rules are not supported by this version; the list must be empty.")
            return nil
        }
        return "[]"
    }
}
