/// The name by which the outside knows a fulfillment: `F` and its key.
package enum FulfillmentID {
    package static func text(_ key: Int64) -> String { "F\(key)" }

    /// The key in a fulfillment's name; `nil` for what cannot be one of ours.
    package static func key(_ text: String) -> Int64? {
        guard text.utf8.first == UInt8(ascii: "F"), let key = Int64(text.dropFirst()), key > 0, text == "F\(key)" else { return nil }
        return key
    }
}
