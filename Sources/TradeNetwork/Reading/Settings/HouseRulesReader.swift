internal import Commerce

/// The single mappings `freshness`, `fulfillment`, `pickup`, `storefront` and `decisions`; a key that is left out has its default.
enum HouseRulesReader {
    static func freshness(_ value: ValueReader) -> FreshnessRule {
        var rule = FreshnessRule()
        guard let object = value.object(["bufferPercentPerMiss", "dropAfterMisses", "jumpPercent", "jumpUnits"]) else { return rule }
        if let percent = object.integer("bufferPercentPerMiss", Limits.percent) { rule.bufferPercentPerMiss = percent }
        if let misses = object.integer("dropAfterMisses", 1...10_000) { rule.dropAfterMisses = misses }
        if let percent = object.integer("jumpPercent", 0...1_000_000) { rule.jumpPercent = percent }
        if let units = object.integer("jumpUnits", Limits.units) { rule.jumpUnits = units }
        return rule
    }

    static func fulfillment(_ value: ValueReader) -> FulfillmentRule {
        var rule = FulfillmentRule()
        guard let object = value.object(["maximumRounds", "answerWithinMinutes"]) else { return rule }
        if let rounds = object.integer("maximumRounds", 1...100) { rule.maximumRounds = rounds }
        rule.answerWithinMinutes = object.integer("answerWithinMinutes", Limits.minutes)
        return rule
    }

    static func pickup(_ value: ValueReader) -> PickupRule {
        var rule = PickupRule()
        guard let object = value.object(["keepDays"]) else { return rule }
        if let days = object.integer("keepDays", 1...365) { rule.keepDays = days }
        return rule
    }

    static func decisions(_ value: ValueReader) -> DecisionRule {
        var rule = DecisionRule()
        guard let object = value.object(["keepDays"]) else { return rule }
        if let days = object.integer("keepDays", 1...3_650) { rule.keepDays = days }
        return rule
    }

    static func storefront(_ value: ValueReader) -> StorefrontRule {
        guard let lowStock = value.object(["lowStock"])?.value("lowStock") else { return StorefrontRule() }
        return StorefrontRule(lowStock: self.lowStock(lowStock))
    }

    private static func lowStock(_ value: ValueReader) -> StorefrontRule.LowStock {
        var rule = StorefrontRule.LowStock()
        guard let object = value.object(["units", "rearmUnits"]) else { return rule }
        if let units = object.integer("units", Limits.units) { rule.units = units }
        rule.rearmUnits = object.integer("rearmUnits", 1...Limits.units.upperBound)
        if let rearm = rule.rearmUnits, rearm <= rule.units {
            // A SKU that is still low would be told of again with every unit that comes and goes.
            object.fault(.invalidField, "rearmUnits", "That is not above the units that are low, \(rule.units).")
        }
        return rule
    }
}
