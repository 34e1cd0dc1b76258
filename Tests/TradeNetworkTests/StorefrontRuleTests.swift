import Commerce
import Testing
import TradeNetwork

struct StorefrontRuleTests {
    @Test func the_rule_is_stored_under_its_name_and_read_back() throws {
        let settings = NetworkSettings(storefront: StorefrontRule(lowStock: .init(units: 3, rearmUnits: 9)))
        let section = try #require(settings.sections(["storefront"]).first)
        #expect(section.json == #"{"lowStock":{"rearmUnits":9,"units":3}}"#)
        #expect(try NetworkSettings(sections: [(name: section.name, json: section.json)]) == settings)
    }

    @Test func without_rearm_units_they_follow_the_threshold() throws {
        let settings = try NetworkSettings(sections: [(name: "storefront", json: #"{"lowStock":{"units":20}}"#)])
        #expect(settings.storefront.lowStock.rearm == 30)
        #expect(NetworkSettings().storefront.lowStock.units == 5)
    }
}
