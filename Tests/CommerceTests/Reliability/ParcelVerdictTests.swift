import Commerce
import Testing

struct ParcelVerdictTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var refusals: Set<ParcelRefusal> = []
        var shipped: Int64 = 0
        var answered: Int64?
        var dispatched: Int64?
        var minutes: Int64? = 60
        var leadHours: Int64? = 24
        var expected: ParcelVerdict?

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "shipped in time", shipped: 2, answered: 50, dispatched: 23 * 60, expected: ParcelVerdict()),
        Case(name: "cancelled by the customer", answered: 5, expected: nil),
        Case(name: "taken away by an agent", refusals: [.rerouted], expected: nil),
        Case(
            name: "taken away after a part left",
            refusals: [.rerouted],
            shipped: 1,
            answered: 5,
            dispatched: 60,
            expected: ParcelVerdict()
        ),
        Case(name: "refused", refusals: [.outOfStock], expected: ParcelVerdict(isRefused: true)),
        Case(name: "silent", refusals: [.noAnswer], expected: ParcelVerdict(isRefused: true, isAnsweredLate: true)),
        Case(name: "short", refusals: [.damaged], shipped: 1, answered: 5, dispatched: 60, expected: ParcelVerdict(isShort: true)),
        Case(name: "answered late", shipped: 1, answered: 61, dispatched: 90, expected: ParcelVerdict(isAnsweredLate: true)),
        Case(name: "answered on the minute", shipped: 1, answered: 60, dispatched: 90, expected: ParcelVerdict()),
        Case(
            name: "as long as it likes",
            shipped: 1,
            answered: 9_000,
            dispatched: 9_000,
            minutes: nil,
            leadHours: nil,
            expected: ParcelVerdict()
        ),
        Case(name: "sent late", shipped: 1, answered: 5, dispatched: 24 * 60 + 1, expected: ParcelVerdict(isDispatchedLate: true)),
        Case(
            name: "terms beyond all time",
            shipped: 1,
            answered: 5,
            dispatched: 60,
            minutes: .max,
            leadHours: .max,
            expected: ParcelVerdict()
        ),
    ]

    @Test(arguments: cases) func a_parcel_is_judged(_ item: Case) {
        let start = Timestamp(seconds: 1_795_342_500)
        let verdict = ParcelVerdict(
            refusals: item.refusals,
            shippedUnits: item.shipped,
            requestedAt: start,
            answeredAt: item.answered.map { start.adding(seconds: $0 * 60) },
            answerWithinMinutes: item.minutes,
            dispatchedAt: item.dispatched.map { start.adding(seconds: $0 * 60) },
            leadTimeHours: item.leadHours
        )
        #expect(verdict == item.expected)
    }
}
