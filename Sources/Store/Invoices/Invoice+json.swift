package import Commerce
internal import Foundation

extension Invoice {
    /// The invoice as it is kept: compact JSON with sorted keys.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }

    /// Reads what `json()` wrote.
    package init(json: [UInt8]) throws {
        do {
            self = try JSONDecoder().decode(Invoice.self, from: Data(json))
        } catch {
            throw StoreError.unreadable("invoice")
        }
    }
}
