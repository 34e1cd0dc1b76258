import Commerce
import Testing

struct CancellationPlanTests {
    /// Line 0: 3 wait, 4 reserved in parcels 7 (1), 9 (3). Line 1: 2 reserved in parcel 7. Line 2: all shipped.
    private let order = OrderState(
        status: .partlyShipped,
        lines: [
            LineQuantities(waiting: 3, reserved: 4, shipped: 1), LineQuantities(waiting: 0, reserved: 2),
            LineQuantities(waiting: 0, shipped: 5),
        ]
    )
    private let parcels: [CancellationPlan.OpenUnits] = [
        .init(fulfillment: 7, line: 0, quantity: 1), .init(fulfillment: 7, line: 1, quantity: 2),
        .init(fulfillment: 9, line: 0, quantity: 3),
    ]

    @Test func waiting_units_go_first_then_the_youngest_parcel() throws {
        let plan = try CancellationPlan(of: order, requested: [LineUnits(line: 0, quantity: 5)], fulfillments: parcels)
        #expect(plan.waiting == [LineUnits(line: 0, quantity: 3)])
        #expect(plan.reserved == [.init(fulfillment: 9, line: 0, quantity: 2)])
        let more = try CancellationPlan(of: order, requested: [LineUnits(line: 0, quantity: 7)], fulfillments: parcels.reversed())
        #expect(more.reserved == [.init(fulfillment: 9, line: 0, quantity: 3), .init(fulfillment: 7, line: 0, quantity: 1)])
    }

    @Test func no_lines_means_all_that_is_open() throws {
        let plan = try CancellationPlan(of: order, requested: nil, fulfillments: parcels)
        let after = order.applying(plan.command).result(from: order)
        #expect(after.status == .completed)
        #expect(after.lines.map(\.cancelled) == [7, 2, 0])
        #expect(after.lines.map(\.shipped) == [1, 0, 5])
        #expect(plan.reserved.map(\.quantity).reduce(0, +) == 6)
    }

    @Test func a_line_named_twice_counts_with_the_sum() throws {
        let units = [LineUnits(line: 0, quantity: 2), LineUnits(line: 0, quantity: 2)]
        let plan = try CancellationPlan(of: order, requested: units, fulfillments: parcels)
        #expect(plan.waiting == [LineUnits(line: 0, quantity: 3)] && plan.reserved.map(\.quantity) == [1])
    }

    @Test(arguments: [
        ([LineUnits(line: 0, quantity: 8)], "not_cancellable /lines/0/quantity"),
        ([LineUnits(line: 2, quantity: 1)], "not_cancellable /lines/0/quantity"),
        ([LineUnits(line: 1, quantity: 1), LineUnits(line: 1, quantity: 2)], "not_cancellable /lines/1/quantity"),
        ([LineUnits(line: 3, quantity: 1)], "invalid_field /lines/0/lineId"),
        ([LineUnits(line: 0, quantity: 0)], "invalid_field /lines/0/quantity"),
        ([LineUnits(line: 0, quantity: .max), LineUnits(line: 0, quantity: .max)], "not_cancellable /lines/0/quantity"),
    ])
    func more_than_is_open_is_refused(requested: [LineUnits], expected: String) {
        do {
            _ = try CancellationPlan(of: order, requested: requested, fulfillments: parcels)
            Issue.record("was not refused")
        } catch { #expect("\(error.code.rawValue) \(error.path)" == expected) }
    }

    @Test func a_closed_order_cannot_be_cancelled() {
        let closed = OrderState(status: .completed, lines: [LineQuantities(waiting: 0, shipped: 1)])
        #expect(throws: OrderRefusal.self) { try CancellationPlan(of: closed, requested: nil, fulfillments: []) }
    }
}
