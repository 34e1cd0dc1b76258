package import Commerce
internal import Foundation

/// A stored object of the network cannot be read back: somebody else wrote it, or wrote over it. Not retriable.
package struct NetworkStorageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// `seller`, `channel`, `supplier`, `location`, or the name of a list of the network file.
    package var object: String

    /// Without the content, which may name people.
    package var description: String { "A stored \(object) is not readable JSON of this version." }
}

/// A form of a value of the domain as flat JSON, with the names of the network file.
protocol StoredForm: Codable {
    associatedtype Value
    static var objectName: String { get }
    init(_ value: Value)
    var value: Value? { get }
}

enum StoredJSON {
    /// Compact, keys sorted: equal values give equal text.
    static func text<Form: StoredForm>(_ form: Form) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only a number that is not finite can fail here, and coordinates are checked; the empty object is refused when read.
        guard let data = try? encoder.encode(form) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    static func value<Form: StoredForm>(_ json: String, _ type: Form.Type) throws(NetworkStorageError) -> Form.Value {
        guard let form = try? JSONDecoder().decode(type, from: Data(json.utf8)), let value = form.value else {
            throw NetworkStorageError(object: Form.objectName)
        }
        return value
    }
}

extension Seller {
    /// Compact JSON with sorted keys, for storage and comparison.
    package var json: String { StoredJSON.text(StoredSeller(self)) }

    /// Reads back what `json` wrote.
    package init(json: String) throws(NetworkStorageError) { self = try StoredJSON.value(json, StoredSeller.self) }
}

extension Channel {
    /// Compact JSON with sorted keys, for storage and comparison.
    package var json: String { StoredJSON.text(StoredChannel(self)) }

    /// Reads back what `json` wrote.
    package init(json: String) throws(NetworkStorageError) { self = try StoredJSON.value(json, StoredChannel.self) }
}

extension Supplier {
    /// Compact JSON with sorted keys, for storage and comparison.
    package var json: String { StoredJSON.text(StoredSupplier(self)) }

    /// Reads back what `json` wrote.
    package init(json: String) throws(NetworkStorageError) { self = try StoredJSON.value(json, StoredSupplier.self) }
}

extension Location {
    /// Compact JSON with sorted keys, for storage and comparison.
    package var json: String { StoredJSON.text(StoredLocation(self)) }

    /// Reads back what `json` wrote.
    package init(json: String) throws(NetworkStorageError) { self = try StoredJSON.value(json, StoredLocation.self) }
}
