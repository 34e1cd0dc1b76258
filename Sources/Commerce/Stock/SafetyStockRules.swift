/// The network's safety stock, prepared for looking up: units that are kept back from sale.
///
/// Of all rules that match, the most specific one counts: one that names more goes before one that names less; where both name as much,
/// the SKU goes before the location, and the location before the supplier. Of two that name the same, the greater one counts.
package struct SafetyStockRules: Sendable {
    private struct Key: Hashable {
        var sku: ExactID?
        var location: String?
        var supplier: String?
    }

    /// What rules may name, the most specific first.
    private static let shapes: [(sku: Bool, location: Bool, supplier: Bool)] = [
        (true, true, true), (true, true, false), (true, false, true), (false, true, true),
        (true, false, false), (false, true, false), (false, false, true), (false, false, false),
    ]

    private var units: [Key: Int64] = [:]
    /// Those that some rule has.
    private let shapes: [(sku: Bool, location: Bool, supplier: Bool)]
    private let ofSKUs: [SafetyStock]

    package init(_ rules: [SafetyStock]) {
        for rule in rules {
            let key = Key(sku: rule.sku.map { ExactID($0) }, location: rule.location, supplier: rule.supplier)
            units[key] = max(units[key] ?? 0, rule.units)
        }
        shapes = Self.shapes.filter { shape in
            rules.contains { ($0.sku != nil, $0.location != nil, $0.supplier != nil) == shape }
        }
        ofSKUs = rules.filter { $0.sku != nil }
    }

    /// Whether the SKU makes a difference: else nobody needs to know its id.
    package var nameSKUs: Bool { !ofSKUs.isEmpty }

    /// Units of the SKU to be kept back at the location, 0 or more.
    ///
    /// - Parameters:
    ///   - sku: `nil`: what counts for SKUs that no rule names.
    ///   - supplier: the location's.
    package func units(sku: String?, location: String, supplier: String?) -> Int64 {
        for shape in shapes {
            guard !shape.sku || sku != nil, !shape.supplier || supplier != nil else { continue }
            let key = Key(
                sku: shape.sku ? sku.map { ExactID($0) } : nil,
                location: shape.location ? location : nil,
                supplier: shape.supplier ? supplier : nil
            )
            if let units = units[key] { return units }
        }
        return 0
    }

    /// What is kept back at the location of any SKU, at least.
    package func least(location: String, supplier: String?) -> Int64 {
        ofSKUs.reduce(units(sku: nil, location: location, supplier: supplier)) { least, rule in
            guard rule.location == nil || rule.location == location, rule.supplier == nil || rule.supplier == supplier else { return least }
            return min(least, max(0, rule.units))
        }
    }
}
