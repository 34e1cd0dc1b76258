internal import Commerce
internal import Messages
internal import Store

/// The stock of one SKU for a person: at most 80 characters a line, and nothing a stranger wrote reaches the terminal unchecked.
struct StockPage {
    private static let width = 80

    let story: SKUStory
    let network: NetworkSnapshot
    let now: Timestamp
    let days: Int

    var text: [String] {
        ["SKU \(story.id)".fitted(Self.width)] + section("Stock", places) + section("Movements of the last \(days) days", movements)
            + section(waitingTitle, waiting) + section("Reserved for", reserved)
    }

    private func section(_ title: String, _ lines: [String]) -> [String] { ["", title] + (lines.isEmpty ? ["  none"] : lines) }

    private var places: [String] {
        guard !story.places.isEmpty else { return [] }
        let rows = story.places.map { place in
            row(
                name(of: place.location) + (isActive(place.location) ? "" : " (off)"),
                place.level.onHand,
                place.level.reserved,
                place.level.blocked,
                place.level.available,
                place.countedAt.map { "\(Ages.words(from: $0, to: now).leftPadded(7))  \($0.minuteText.prefix(16))" } ?? "  never"
            )
        }
        let levels = story.places.map(\.level)
        let total = row(
            "all",
            levels.reduce(0) { $0 + $1.onHand },
            levels.reduce(0) { $0 + $1.reserved },
            levels.reduce(0) { $0 + $1.blocked },
            levels.reduce(0) { $0 + $1.available },
            ""
        )
        return ["  location         on hand reserved blocked available      age  last count"] + rows + [total]
    }

    private func row(_ name: String, _ onHand: Int64, _ reserved: Int64, _ blocked: Int64, _ available: Int64, _ count: String) -> String {
        let figures = [(onHand, 7), (reserved, 8), (blocked, 7), (available, 9)].map { String($0).leftPadded($1) }.joined(separator: " ")
        return "  \(name.fitted(16).padded(16)) \(figures)  \(count)".fitted(Self.width)
    }

    private var movements: [String] {
        story.movements.map { movement in
            let delta = (movement.delta > 0 ? "+" : "") + String(movement.delta)
            let place = name(of: movement.location).fitted(16).padded(16)
            let words = (movement.kind?.words ?? "other").padded(12)
            return "  \(movement.occurredAt.minuteText)  \(place) \(delta.leftPadded(8))  \(words) \(movement.reference)".fitted(Self.width)
        }
    }

    private var waitingTitle: String {
        guard story.waitingOrders > 0 else { return "Waiting orders" }
        return "Waiting orders: \(story.waitingOrders.grouped), together \(story.waitingUnits.grouped) units; the oldest"
    }

    private var waiting: [String] {
        story.waiting.map { order in
            "  \(order.placedAt.minuteText)  \(String(order.quantity).leftPadded(8))  \(channel(order.channel))/\(order.orderID)"
                .fitted(Self.width)
        }
    }

    private var reserved: [String] {
        story.reserved.map { parcel in
            let place = name(of: parcel.location).fitted(16).padded(16)
            let units = String(parcel.units).leftPadded(8)
            return
                "  \(parcel.createdAt.minuteText)  \(place) \(units)  \(FulfillmentID.text(parcel.fulfillment).padded(10)) \(channel(parcel.channel))/\(parcel.orderID)"
                .fitted(Self.width)
        }
    }

    func name(of location: Int32) -> String { network.location(key: location)?.location.id ?? "?" }
    func isActive(_ location: Int32) -> Bool { network.location(key: location)?.location.active ?? false }
    func channel(_ key: Int32) -> String { network.channel(key: key)?.channel.id ?? "?" }
}

extension StockMovements.Kind {
    var words: String {
        switch self {
        case .dispatch: "dispatch"
        case .adjustment: "adjustment"
        case .transferReceipt: "transfer in"
        case .transferDispatch: "transfer out"
        case .pickup: "picked up"
        case .tillSale: "till sale"
        }
    }
}

/// How long ago something was, in one unit.
enum Ages {
    static func words(from moment: Timestamp, to now: Timestamp) -> String {
        let seconds = max(0, (now.rawValue - moment.rawValue) / 1_000_000)
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7_200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3_600) h"
        default: return "\(seconds / 86_400) d"
        }
    }
}
