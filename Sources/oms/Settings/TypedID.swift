/// Ids that somebody typed, checked before a server is asked: what no id can be is wrong use, and not something that is not there.
enum TypedID {
    /// An id that others gave: an order's, a SKU, a request's.
    ///
    /// - Parameter name: what it is, for the sentence: "An order's id".
    static func check(_ id: String, _ name: String) throws {
        let scalars = id.unicodeScalars
        guard (1...64).contains(scalars.count) else {
            throw CommandFailure.wrongUse("\(name) has 1 to 64 characters; this one has \(scalars.count.grouped).")
        }
        guard scalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw CommandFailure.wrongUse("\(name) has no control characters.")
        }
    }
}
