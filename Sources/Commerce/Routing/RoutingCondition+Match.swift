extension RoutingCondition {
    /// The first part that does not hold for an order; `nil` where all do.
    func firstFailing(_ request: RoutingRequest) -> RoutingPass? {
        if !channels.isEmpty, !channels.contains(request.channel) { return .channel }
        if !countries.isEmpty, !countries.contains(request.country) { return .country }
        if !regions.isEmpty, !holds(region: request.region) { return .region }
        if !postalCodePrefixes.isEmpty {
            guard let code = request.postalCode, postalCodePrefixes.contains(where: { code.utf8.starts(with: $0.utf8) }) else {
                return .postalCode
            }
        }
        if !customers.isEmpty, !holds(request.customer, in: customers) { return .customer }
        if let customerAttributes, !customerAttributes.allSatisfy({ $0.holds(for: request.customerAttributes) }) {
            return .customerAttribute
        }
        if !lineAttributes.allSatisfy({ $0.holds(for: request.lines) }) { return .lineAttribute }
        if let orderValue, !orderValue.contains(request.orderValue) { return .orderValue }
        if !weekdays.isEmpty, !weekdays.contains(request.day.weekday) { return .weekday }
        return nil
    }

    /// Regions are words of people, not ids: `by` is `BY`.
    private func holds(region: String?) -> Bool {
        guard let region else { return false }
        let wanted = Self.folded(region)
        return regions.contains { Self.folded($0) == wanted }
    }

    private static func folded(_ region: String) -> String {
        let text = region.drop { $0 == " " }
        guard let last = text.lastIndex(where: { $0 != " " }) else { return "" }
        return text[...last].lowercased()
    }

    private func holds(_ value: String?, in list: [String]) -> Bool {
        guard let value else { return false }
        return list.contains { ExactID.same($0, value) }
    }
}

extension CustomerAttributeCondition {
    func holds(for attributes: [String: String]) -> Bool {
        guard let value = attributes[name] else { return false }
        return values.isEmpty || values.contains { ExactID.same($0, value) }
    }
}

extension LineAttributeCondition {
    /// An order without lines has none for which it holds.
    func holds(for lines: [RoutingLine]) -> Bool {
        switch scope {
        case .any: lines.contains { holds(for: $0) }
        case .all: !lines.isEmpty && lines.allSatisfy { holds(for: $0) }
        }
    }

    private func holds(for line: RoutingLine) -> Bool {
        guard let value = line.attributes[name] else { return false }
        return values.isEmpty || values.contains { ExactID.same($0, value) }
    }
}
