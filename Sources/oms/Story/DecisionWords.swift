internal import Commerce

extension RoutingPass {
    /// After "passed over: ".
    var words: String {
        switch self {
        case .channel: "another channel"
        case .country: "another country"
        case .region: "another region"
        case .postalCode: "another postal code"
        case .customer: "another customer"
        case .customerAttribute: "the customer's attributes"
        case .lineAttribute: "the lines' attributes"
        case .orderValue: "the order's value"
        case .weekday: "another day of the week"
        case .notEnough: "not enough stock within its fences"
        case .splitLimits: "not without breaking its split limits"
        }
    }
}

extension RoutingObstacle {
    /// After a location's name.
    var words: String {
        switch self {
        case .excluded: "has refused this order, or was taken off it"
        case .noRoom: "has no room left, that day or on any to come"
        case .notAsked: "another location was asked for"
        case .customers: "ships for other customers only"
        case .kind: "is not of a kind that may ship"
        case .supplier: "its supplier may not ship"
        case .location: "is not among the locations that may ship"
        case .country: "lies in another country"
        case .region: "lies in another region"
        case .distance: "is too far away"
        case .stockShare: "has too small a part of the order"
        case .capacity: "has no capacity left today"
        case .onTime: "would be late"
        case .freshFeed: "its stock feed is late"
        case .attribute: "has not the attribute that the lines ask for"
        }
    }
}

extension RoutingCriterion {
    /// A value as people read it; amounts in the order's currency.
    func words(_ value: Int64, currency: String) -> String {
        switch self {
        case .parcels: "\(value.grouped) parcel\(value == 1 ? "" : "s")"
        case .cost: "cost \(AmountText.of(value, currency))"
        case .distance: "\(((value + 500) / 1_000).grouped) km"
        case .deliveryTime: "there within \(value.grouped) day\(value == 1 ? "" : "s")"
        case .locationPriority: "priority \(value.grouped)"
        case .supplierPriority: "supplier priority \(value.grouped)"
        case .supplierReliability: "\(percent(value)) short of full reliability"
        case .capacityBalance: "\(percent(value)) of capacity used"
        case .stockBalance: "stock imbalance \(value.grouped)"
        case .markdown: "\(value.grouped) unit\(value == 1 ? "" : "s") not from markdown stock"
        }
    }

    /// - Parameter value: hundredths of a percentage point.
    private func percent(_ value: Int64) -> String {
        let rest = value % 100
        return "\((value / 100).grouped).\(rest < 10 ? "0" : "")\(rest) %"
    }
}
