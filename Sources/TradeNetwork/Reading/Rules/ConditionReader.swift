internal import Commerce

/// `when`: for which orders a strategy is.
struct ConditionReader {
    let references: References

    private static let keys = [
        "channels", "countries", "regions", "postalCodes", "customers", "customerAttributes", "anyLine", "everyLine", "minValue",
        "maxValue", "weekdays",
    ]

    func read(_ value: ValueReader) -> RoutingCondition {
        guard let object = value.object(Self.keys) else { return RoutingCondition() }
        if value.isEmptyMapping {
            value.fault(.invalidField, "Nothing stands here; leave the key out.")
        }
        func list(_ key: String, _ read: (ValueReader) -> String?) -> [String] { object.value(key)?.oneOrMore(read) ?? [] }
        return RoutingCondition(
            channels: list("channels") { references.id(.channel, at: $0) },
            countries: list("countries") { $0.text(.country) },
            regions: list("regions") { $0.text(.foreignID) },
            postalCodePrefixes: object.value("postalCodes")?.oneOrMoreExact(.foreignID) ?? [],
            customers: object.value("customers")?.oneOrMoreExact(.foreignID) ?? [],
            customerAttributes: object.value("customerAttributes").map { value in
                lines(value, .any).map { CustomerAttributeCondition(name: $0.name, values: $0.values) }
            },
            lineAttributes: lines(object.value("anyLine"), .any) + lines(object.value("everyLine"), .all),
            orderValue: orderValue(object),
            weekdays: object.value("weekdays")?.oneOrMore { $0.choice(Weekday.self) }.map(\.number).sorted() ?? []
        )
    }

    /// A name alone asks for the attribute, whatever its value; a mapping for one of the values it gives.
    private func lines(_ value: ValueReader?, _ scope: LineAttributeCondition.Scope) -> [LineAttributeCondition] {
        guard let value else { return [] }
        let conditions: [[LineAttributeCondition]] = value.oneOrMore { entry in
            guard entry.isMapping else {
                return entry.text(.attribute).map { [LineAttributeCondition(name: $0, scope: scope)] }
            }
            return entry.attributes().map { object in
                object.keys.map { name in
                    let values = object.value(name)?.oneOrMoreExact(.attributeValue) ?? []
                    return LineAttributeCondition(name: name, values: values, scope: scope)
                }
            }
        }
        return conditions.flatMap(\.self)
    }

    private func orderValue(_ object: ObjectReader) -> OrderValueRange? {
        let range = OrderValueRange(from: object.integer("minValue", Limits.money), to: object.integer("maxValue", Limits.money))
        if let from = range.from, let to = range.to, from > to {
            object.fault(.invalidField, "maxValue", "\(to) is below minValue, \(from): no order has such a value.")
        }
        return range == OrderValueRange() ? nil : range
    }
}
