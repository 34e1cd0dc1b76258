import Commerce
import Testing

/// One kind of rule: a strategy of a channel of its own, goods of its own, orders, and what becomes of them.
struct RuleRow: Sendable, CustomTestStringConvertible {
    /// Also the channel's id, and the beginning of its SKUs.
    let name: String
    /// More of the strategy's `when`, beside the channel.
    let when: String
    /// The strategy but for `id` and `when`.
    let rule: String
    /// The channel's strategies behind it.
    let behind: [String]
    /// What lies where: "10 A, 2 B".
    let stock: [String: String]
    let steps: [RuleStep]

    static let everywhere = ["main": "10 A", "shop": "10 A", "vend": "10 A", "hub": "10 A"]

    init(
        _ name: String,
        when: String = "",
        _ rule: String,
        behind: [String] = [],
        stock: [String: String] = RuleRow.everywhere,
        _ steps: RuleStep...
    ) {
        self.init(name, when: when, rule, behind: behind, stock: stock, steps)
    }

    init(_ name: String, when: String = "", _ rule: String, behind: [String] = [], stock: [String: String], _ steps: [RuleStep]) {
        self.name = name
        self.when = when
        self.rule = rule
        self.behind = behind
        self.stock = stock
        self.steps = steps
    }

    /// A row whose only order, a unit of A, ships from there.
    init(_ name: String, _ rule: String, stock: [String: String] = RuleRow.everywhere, ships location: String) {
        self.init(name, rule, stock: stock, RuleStep(expect: "\(location): 1 A"))
    }

    var testDescription: String { name }

    /// Its strategies, as they stand in the network file.
    var strategies: [String] {
        let more = when.isEmpty ? "" : ", \(when)"
        let ids = (0...behind.count).map { "\(name)-\($0)" }
        return ["  - { id: \(ids[0]), when: { channels: \(name)\(more) }, \(rule) }"]
            + zip(ids.dropFirst(), behind).map { "  - { id: \($0), when: { channels: \(name) }, \($1) }" }
    }

    func sku(_ name: Substring) -> String { "\(self.name)/\(name)" }

    /// "10 A, 2 B" with the row's own SKUs.
    func goods(_ text: String) -> [(String, Int64)] {
        text.split(separator: ", ").map { part in
            let words = part.split(separator: " ")
            return (sku(words[1]), Int64(words[0]) ?? 0)
        }
    }
}

/// An order, and where its units are in the end.
struct RuleStep: Sendable {
    enum Afterwards: Sendable {
        /// The time of its hold is over.
        case timeOut
        case released
    }

    var lines = "1 A"
    /// Of each line, in their order.
    var attributes: [[String: String]] = []
    var acceptPartial = false
    /// Not the row's own.
    var channel: String?
    /// Happens before the order is placed.
    var before: (@Sendable (Shop, RuleRow) async throws -> Void)?
    /// Says more of the order.
    var change: (@Sendable (inout JSON) -> Void)?
    /// "main: 1 A + 2 B; waiting: 1 C; held: 1 D; cancelled (Reason): 1 E", parcels by location.
    var expect: String
    /// And what is then, once that has happened.
    var afterwards: (Afterwards, expect: String)?

    /// An order of which something in an object of it is other: `("customer", ["id": "hotel"])`.
    static func with(_ part: String, _ more: [String: JSON], expect: String) -> RuleStep {
        RuleStep(
            change: { body in
                var changed = body[part]
                for (name, value) in more { changed[name] = value }
                body[part] = changed
            },
            expect: expect
        )
    }
}
