internal import Commerce

/// What `locations[n]` says of how the location works.
enum TermsReader {
    static let keys = [
        "cutOff", "workingDays", "carrier", "costPerKilogram", "costPer100Kilometers", "answerWithinMinutes", "feedIntervalMinutes",
        "leadTimeDays", "customers", "attributes", "markdown", "region",
    ]

    static func read(_ object: ObjectReader, _ references: References) -> LocationTerms {
        LocationTerms(
            cutOffMinute: object.value("cutOff")?.clock(),
            workingDays: object.weekdays("workingDays"),
            carrier: references.id(.carrier, in: object, "carrier"),
            costPerKilogram: object.integer("costPerKilogram", Limits.money),
            costPer100Kilometers: object.integer("costPer100Kilometers", Limits.money),
            answerWithinMinutes: object.integer("answerWithinMinutes", Limits.minutes),
            feedIntervalMinutes: object.integer("feedIntervalMinutes", Limits.minutes),
            leadTimeDays: object.integer("leadTimeDays", Limits.leadDays),
            customers: object.value("customers")?.set { $0.text(.foreignID).map { ExactID($0) } }?.map(\.text) ?? [],
            attributes: object.attributes("attributes") ?? [:],
            markdown: object.flag("markdown") ?? false,
            region: object.text("region", .id)
        )
    }
}
