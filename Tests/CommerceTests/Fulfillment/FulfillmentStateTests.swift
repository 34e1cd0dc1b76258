import Commerce
import Testing

struct FulfillmentStateTests {
    static let states: [FulfillmentStatus: FulfillmentQuantities] = [
        .requested: FulfillmentQuantities(requested: 4),
        .accepted: FulfillmentQuantities(requested: 4, cancelled: 1),
        .partlyShipped: FulfillmentQuantities(requested: 4, shipped: 2),
        .shipped: FulfillmentQuantities(requested: 4, shipped: 4),
        .cancelled: FulfillmentQuantities(requested: 4, cancelled: 4),
    ]
    static let one = [LineUnits(line: 0, quantity: 1)]
    static let commands: [FulfillmentCommand] = [.accept, .dispatch(one), .cancel(one), .reject(one), .reject([])]

    /// Every status × every command: the next status, `=` for unchanged, `!` for refused. A cancelled parcel that leaves all the same was shipped.
    static let table: [(FulfillmentStatus, [String])] = [
        (.requested, ["accepted", "partlyShipped", "requested", "accepted", "cancelled"]),
        (.accepted, ["=", "partlyShipped", "accepted", "accepted", "cancelled"]),
        (.partlyShipped, ["=", "partlyShipped", "partlyShipped", "partlyShipped", "shipped"]),
        (.shipped, ["=", "!", "!", "=", "="]),
        (.cancelled, ["=", "shipped", "!", "=", "="]),
    ]

    @Test(arguments: table) func every_status_answers_every_command(status: FulfillmentStatus, expected: [String]) throws {
        let state = FulfillmentState(status: status, lines: [try #require(Self.states[status])])
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

    @Test func the_table_has_every_status() { #expect(Self.table.map(\.0) == FulfillmentStatus.allCases) }

    @Test func shipping_less_leaves_the_rest_open() throws {
        let state = FulfillmentState(requested: [4, 2])
        let after = state.applying(.dispatch([LineUnits(line: 0, quantity: 3)])).result(from: state)
        #expect(after.status == .partlyShipped && after.open == 3)
    }

    @Test(arguments: [5, .max] as [Int64]) func more_than_requested_is_over_shipped(quantity: Int64) {
        let state = FulfillmentState(requested: [4])
        #expect(state.applying(.dispatch([LineUnits(line: 0, quantity: quantity)])) == .refused(.overShipped(line: 0)))
        #expect(state.split([LineUnits(line: 0, quantity: quantity)]) == nil)
    }

    @Test func cancelled_units_that_leave_are_unexpected_and_never_twice() throws {
        let state = FulfillmentState(status: .accepted, lines: [FulfillmentQuantities(requested: 4, cancelled: 3)])
        let split = try #require(state.split([LineUnits(line: 0, quantity: 3)]))
        #expect(split.map(\.expected) == [1] && split.map(\.unexpected) == [2])
        let after = state.applying(.dispatch([LineUnits(line: 0, quantity: 3)])).result(from: state)
        #expect(after.lines == [FulfillmentQuantities(requested: 4, shipped: 3, cancelled: 3, unexpected: 2)])
        #expect(after.open == 0 && after.status == .shipped)
        #expect(after.applying(.dispatch([LineUnits(line: 0, quantity: 2)])) == .refused(.overShipped(line: 0)))
    }
}
