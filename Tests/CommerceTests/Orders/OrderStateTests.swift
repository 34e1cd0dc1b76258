import Commerce
import Testing

struct OrderStateTests {
    /// One line of 4 units in every status.
    static let states: [OrderStatus: LineQuantities] = [
        .paymentPending: LineQuantities(waiting: 4),
        .accepted: LineQuantities(waiting: 4),
        .waiting: LineQuantities(waiting: 4),
        .partlySourced: LineQuantities(waiting: 2, reserved: 2),
        .sourced: LineQuantities(waiting: 0, reserved: 4),
        .partlyShipped: LineQuantities(waiting: 1, reserved: 1, shipped: 2),
        .completed: LineQuantities(waiting: 0, shipped: 3, cancelled: 1),
        .cancelled: LineQuantities(waiting: 0, cancelled: 4),
    ]

    static let one = [LineUnits(line: 0, quantity: 1)]
    static let commands: [OrderCommand] = [
        .releasePayment, .failPayment, .source(one), .backorder, .release(one), .cancel(waiting: one, reserved: []),
        .cancel(waiting: [], reserved: one), .dispatch(one), .deliver,
    ]

    /// Every status × every command (each of one unit): the next status, `=` for unchanged, `!` for refused.
    static let table: [(OrderStatus, [String])] = [
        //               release       fail         source       backorder    release        cancel         cancel         dispatch     deliver
        //               payment       payment                                               waiting        reserved
        (.paymentPending, ["accepted", "cancelled", "!", "!", "!", "paymentPending", "!", "!", "!"]),
        (.accepted, ["=", "=", "partlySourced", "waiting", "!", "accepted", "!", "!", "!"]),
        (.waiting, ["=", "=", "partlySourced", "=", "!", "waiting", "!", "!", "!"]),
        (.partlySourced, ["=", "=", "partlySourced", "=", "partlySourced", "partlySourced", "partlySourced", "partlyShipped", "!"]),
        (.sourced, ["=", "=", "!", "=", "partlySourced", "!", "sourced", "partlyShipped", "!"]),
        (.partlyShipped, ["=", "=", "partlyShipped", "=", "partlyShipped", "partlyShipped", "partlyShipped", "partlyShipped", "="]),
        (.completed, ["=", "=", "!", "!", "!", "!", "!", "!", "="]),
        (.cancelled, ["=", "=", "!", "!", "!", "!", "!", "!", "!"]),
    ]

    @Test(arguments: table) func every_status_answers_every_command(status: OrderStatus, expected: [String]) throws {
        let state = OrderState(status: status, lines: [try #require(Self.states[status])])
        #expect(expected.count == Self.commands.count)
        for (command, expected) in zip(Self.commands, expected) {
            let outcome =
                switch state.applying(command) {
                case .changed(let next): "\(next.status)"
                case .unchanged: "="
                case .refused: "!"
                }
            #expect(outcome == expected, "\(status) × \(command)")
        }
    }

    @Test func the_table_has_every_status() { #expect(Self.table.map(\.0) == OrderStatus.allCases) }

    @Test(arguments: [
        ("accepted", OrderCommand.source([LineUnits(line: 0, quantity: 4)]), "sourced"),
        ("accepted", .cancel(waiting: [LineUnits(line: 0, quantity: 4)], reserved: []), "cancelled"),
        ("sourced", .dispatch([LineUnits(line: 0, quantity: 4)]), "completed"),
        ("sourced", .release([LineUnits(line: 0, quantity: 4)]), "waiting"),
        ("sourced", .cancel(waiting: [], reserved: [LineUnits(line: 0, quantity: 4)]), "cancelled"),
        ("partlySourced", .cancel(waiting: [LineUnits(line: 0, quantity: 2)], reserved: []), "sourced"),
        ("partlySourced", .cancel(waiting: [LineUnits(line: 0, quantity: 2)], reserved: [LineUnits(line: 0, quantity: 2)]), "cancelled"),
        ("partlyShipped", .cancel(waiting: [LineUnits(line: 0, quantity: 1)], reserved: [LineUnits(line: 0, quantity: 1)]), "completed"),
    ])
    func all_units_at_once_move_the_order_on(from: String, command: OrderCommand, to: String) throws {
        let status = try #require(OrderStatus.allCases.first { "\($0)" == from })
        let state = OrderState(status: status, lines: [try #require(Self.states[status])])
        #expect("\(state.applying(command).result(from: state).status)" == to)
    }

    @Test(arguments: [
        OrderCommand.source([LineUnits(line: 0, quantity: 5)]), .source([LineUnits(line: 1, quantity: 1)]),
        .source([LineUnits(line: -1, quantity: 1)]),
        .source([LineUnits(line: 0, quantity: -1)]), .source([LineUnits(line: 0, quantity: 3), LineUnits(line: 0, quantity: 2)]),
        .cancel(waiting: [LineUnits(line: 0, quantity: 1)], reserved: [LineUnits(line: 0, quantity: 1)]),
        .dispatch([LineUnits(line: 0, quantity: .max)]),
    ])
    func units_that_are_not_there_are_refused_whole(command: OrderCommand) {
        let state = OrderState(ordered: [4], paymentPending: false)
        guard case .refused = state.applying(command) else {
            Issue.record("\(command) was not refused")
            return
        }
        #expect(state.applying(command).result(from: state) == state)
    }

    @Test func units_are_never_lost_whatever_happens() {
        for seed in UInt64(0)..<300 {
            var random = SplitMix64(seed: seed)
            let ordered = (0..<Int.random(in: 1...3, using: &random)).map { _ in Int64.random(in: 1...5, using: &random) }
            var state = OrderState(ordered: ordered, paymentPending: random.chance(30))
            for _ in 0..<40 {
                let units = [LineUnits(line: .random(in: 0...2, using: &random), quantity: .random(in: 0...3, using: &random))]
                let commands: [OrderCommand] = [
                    .releasePayment, .source(units), .backorder, .release(units), .cancel(waiting: units, reserved: []), .dispatch(units),
                    .cancel(waiting: [], reserved: units), .deliver, random.chance(5) ? .failPayment : .deliver,
                ]
                let next = state.applying(random.pick(commands)).result(from: state)
                #expect(next.lines.map(\.ordered) == ordered, "seed \(seed)")
                #expect(
                    next.lines.allSatisfy { $0.waiting >= 0 && $0.reserved >= 0 && $0.shipped >= 0 && $0.cancelled >= 0 },
                    "seed \(seed)"
                )
                #expect(zip(next.lines, state.lines).allSatisfy { $0.shipped >= $1.shipped }, "seed \(seed)")
                #expect(next.status.isClosed == (next.open == 0), "seed \(seed)")
                state = next
            }
        }
    }
}
