import Commerce
import Testing

struct StorefrontViewTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var free: [Int64]
        var leased: Int64 = 0
        var kept: [Int64: Int64] = [:]
        var total: Int64
        /// Of channels 1, 2 and 3.
        var channels: [Int64]
    }

    static let cases = [
        Case(testDescription: "nothing kept", free: [7, 3], total: 10, channels: [10, 10, 10]),
        Case(testDescription: "a shelf below zero takes nothing from another", free: [7, -5], total: 7, channels: [7, 7, 7]),
        Case(testDescription: "leases are nobody's to buy", free: [7, 3], leased: 4, total: 6, channels: [6, 6, 6]),
        Case(testDescription: "kept for one, missing to the others", free: [10], kept: [1: 4], total: 10, channels: [10, 6, 6]),
        Case(testDescription: "both", free: [10], leased: 3, kept: [1: 4, 2: 1], total: 7, channels: [6, 3, 2]),
        Case(testDescription: "more kept than there is", free: [5], kept: [1: 4, 2: 4], total: 5, channels: [1, 1, 0]),
        Case(testDescription: "more leased than there is", free: [5], leased: 9, kept: [1: 4], total: 0, channels: [0, 0, 0]),
        Case(testDescription: "amounts below zero count as none", free: [5], leased: -2, kept: [1: -3], total: 5, channels: [5, 5, 5]),
        Case(testDescription: "no stock row", free: [], total: 0, channels: [0, 0, 0]),
    ]

    @Test(arguments: cases) func each_channel_sees_what_it_can_sell(_ row: Case) {
        let view = StorefrontView(free: row.free, leased: row.leased, kept: row.kept, channels: [1, 2, 3])
        #expect(view.total == row.total)
        #expect(view.channels == zip([1, 2, 3], row.channels).map { StorefrontView.Part(channel: $0, available: $1) })
    }

    @Test func no_amount_overflows() {
        let view = StorefrontView(free: [.max, .max, .min], leased: .max, kept: [1: .max, 2: .max], channels: [1, 2])
        #expect(view.total == 0 && view.channels.map(\.available) == [0, 0])
    }
}
