internal import Commerce

/// `otherwise`: what becomes of what a strategy cannot ship.
enum OtherwiseReader {
    private enum Word: String, CaseIterable {
        case nextStrategy, backorder, hold
    }

    private enum WordAfterHold: String, CaseIterable {
        case nextStrategy, backorder
    }

    static func read(_ value: ValueReader) -> RoutingOtherwise? {
        guard value.isMapping else {
            switch value.choice(Word.self) {
            case .nextStrategy: return .next
            case .backorder: return .backorder
            case .hold: return .hold(RoutingHold())
            case nil: return nil
            }
        }
        guard let object = value.object(["hold", "cancel"]) else { return nil }
        switch (object.value("hold"), object.value("cancel")) {
        case (let terms?, nil): return terms.object(["minutes", "then"]).flatMap(hold).map { .hold($0) }
        case (nil, let reason?): return reason.text(.line).map { .cancel(reason: $0) }
        case (nil, nil) where !value.isEmptyMapping: return nil
        default:
            value.fault(.invalidField, "One of hold and cancel is wanted here.")
            return nil
        }
    }

    private static func hold(_ object: ObjectReader) -> RoutingHold? {
        let minutes = object.integer("minutes", required: true, Limits.minutes)
        let afterwards = object.value("then").map(then) ?? .backorder
        guard let minutes, let afterwards else { return nil }
        return RoutingHold(timeOutMinutes: minutes, then: afterwards)
    }

    private static func then(_ value: ValueReader) -> RoutingHold.Then? {
        guard value.isMapping else {
            return value.choice(WordAfterHold.self).map { $0 == .nextStrategy ? .next : .backorder }
        }
        return value.object(["cancel"])?.text("cancel", required: value.isEmptyMapping, .line).map { .cancel(reason: $0) }
    }
}
