import Commerce
import Testing

/// For which orders a strategy is: each part of a condition.
struct RoutingConditionTests {
    private func pass(_ condition: RoutingCondition, attributes: [[String: String]] = [["gift": "yes"], [:]]) -> RoutingPass? {
        var fixture = RoutingFixture()
        fixture.request = RoutingFixture.order([(7, 1), (8, 1)], attributes: attributes)
        fixture.strategies = [RoutingStrategy(id: "s", when: condition)]
        let record = fixture.decide()?.record
        return record?.strategy == "s" ? nil : record?.passedOver.first?.reason
    }

    @Test(
        arguments: [
            (RoutingCondition(), nil),
            (RoutingCondition(channels: ["b2b", "shop"]), nil), (RoutingCondition(channels: ["b2b"]), .channel),
            (RoutingCondition(countries: ["AT", "DE"]), nil), (RoutingCondition(countries: ["AT"]), .country),
            (RoutingCondition(regions: ["hh"]), nil), (RoutingCondition(regions: ["by"]), .region),
            (RoutingCondition(regions: ["by", " HH "]), nil), (RoutingCondition(regions: ["h h"]), .region),
            (RoutingCondition(customerAttributes: []), nil),
            (RoutingCondition(customerAttributes: [.init(name: "tier")]), nil),
            (RoutingCondition(customerAttributes: [.init(name: "tier", values: ["silver", "gold"])]), nil),
            (RoutingCondition(customerAttributes: [.init(name: "tier", values: ["silver"])]), .customerAttribute),
            (RoutingCondition(customerAttributes: [.init(name: "tier", values: ["Gold"])]), .customerAttribute),
            (RoutingCondition(customerAttributes: [.init(name: "tier"), .init(name: "vip")]), .customerAttribute),
            (RoutingCondition(postalCodePrefixes: ["1", "200"]), nil), (RoutingCondition(postalCodePrefixes: ["", "1"]), nil),
            (RoutingCondition(postalCodePrefixes: ["201", "200955"]), .postalCode),
            (RoutingCondition(customers: ["c-1"]), nil), (RoutingCondition(customers: ["c-2"]), .customer),
            (RoutingCondition(lineAttributes: [LineAttributeCondition(name: "gift")]), nil),
            (RoutingCondition(lineAttributes: [LineAttributeCondition(name: "gift", values: ["no"])]), .lineAttribute),
            (RoutingCondition(lineAttributes: [LineAttributeCondition(name: "gift", values: ["no", "yes"])]), nil),
            (RoutingCondition(lineAttributes: [LineAttributeCondition(name: "gift", scope: .all)]), .lineAttribute),
            (RoutingCondition(lineAttributes: [LineAttributeCondition(name: "gift"), .init(name: "cold")]), .lineAttribute),
            (RoutingCondition(orderValue: OrderValueRange(from: 2_000)), nil),
            (RoutingCondition(orderValue: .init(from: 2_001)), .orderValue),
            (RoutingCondition(orderValue: OrderValueRange(to: 2_000)), nil), (RoutingCondition(orderValue: .init(to: 1_999)), .orderValue),
            (RoutingCondition(weekdays: [1]), nil), (RoutingCondition(weekdays: [2, 3, 4, 5, 6, 7]), .weekday),
            (RoutingCondition(channels: ["shop"], countries: ["AT"], weekdays: [2]), .country),
        ] as [(RoutingCondition, RoutingPass?)]
    )
    func a_condition_holds_or_says_what_does_not(condition: RoutingCondition, expected: RoutingPass?) {
        #expect(pass(condition) == expected)
    }

    @Test func all_lines_may_have_an_attribute() {
        let all = RoutingCondition(lineAttributes: [LineAttributeCondition(name: "gift", scope: .all)])
        #expect(pass(all, attributes: [["gift": "yes"], ["gift": "no"]]) == nil)
    }

    @Test func an_order_that_does_not_say_is_not_meant() {
        var fixture = RoutingFixture()
        fixture.request.region = nil
        fixture.request.postalCode = nil
        fixture.request.customer = nil
        fixture.strategies = [
            RoutingStrategy(id: "r", when: RoutingCondition(regions: ["hh"])),
            RoutingStrategy(id: "p", when: RoutingCondition(postalCodePrefixes: [""])),
            RoutingStrategy(id: "c", when: RoutingCondition(customers: ["c-1"])),
        ]
        #expect(fixture.decide()?.record.passedOver.map(\.reason) == [.region, .postalCode, .customer])
        #expect(fixture.decide()?.record.strategy == nil, "the default rule decides")
        #expect(fixture.decide()?.sourcing.parcels.map(\.location) == [1])
    }

    @Test func ids_are_compared_byte_by_byte() {
        var fixture = RoutingFixture()
        fixture.request.customer = "caf\u{E9}"
        fixture.strategies = [RoutingStrategy(id: "c", when: RoutingCondition(customers: ["cafe\u{301}"]))]
        #expect(fixture.decide()?.record.passedOver.map(\.reason) == [.customer])
    }
}
