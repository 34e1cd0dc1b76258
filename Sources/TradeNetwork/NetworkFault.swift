/// One thing that is wrong with a network file, for the person who wrote it.
package struct NetworkFault: Hashable, Sendable {
    /// What kind of fault it is; the raw values are stable.
    package enum Code: String, Sendable, CaseIterable {
        case invalidYAML = "invalid_yaml"
        case tooLarge = "too_large"
        case unknownKey = "unknown_key"
        case duplicateKey = "duplicate_key"
        case missingKey = "missing_key"
        case invalidField = "invalid_field"
        case duplicateID = "duplicate_id"
        case duplicateEntry = "duplicate_entry"
        case duplicateInvoicePrefix = "duplicate_invoice_prefix"
        case unknownSeller = "unknown_seller"
        case unknownSupplier = "unknown_supplier"
        case unknownChannel = "unknown_channel"
        case unknownLocation = "unknown_location"
        case unknownCarrier = "unknown_carrier"
        case unreachableRule = "unreachable_rule"
        case unknownCurrency = "unknown_currency"
    }

    package var code: Code
    /// As an editor counts: from 1, by line feeds, carriage returns, or both together. It is there, also where the fault is at the end.
    package var line: Int
    /// From 1, in Unicode scalars; at most one behind the line's last.
    package var column: Int
    /// Where in the document: `channels[0].currency`; empty for the document itself.
    package var path: String
    /// One sentence.
    package var reason: String

    package init(code: Code, line: Int, column: Int, path: String, reason: String) {
        self.code = code
        self.line = line
        self.column = column
        self.path = path
        self.reason = reason
    }
}

extension NetworkFault: CustomStringConvertible {
    /// `line 4, column 7, channels[0].currency: "EURO" is no ISO 4217 currency. (unknown_currency)`
    package var description: String {
        "line \(line), column \(column)\(path.isEmpty ? "" : ", " + path): \(reason) (\(code.rawValue))"
    }
}

/// A network file was refused, whole. Nothing about it can be retried: the file has to be mended.
package struct NetworkFileError: Error, Hashable, Sendable {
    /// At least one, in the order of the file.
    package var faults: [NetworkFault]

    package init(faults: [NetworkFault]) { self.faults = faults }
}

extension NetworkFileError: CustomStringConvertible {
    /// A line for each fault.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
