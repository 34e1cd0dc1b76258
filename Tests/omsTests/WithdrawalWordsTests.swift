import Commerce
import Testing

@testable import oms

/// What an order's page says of units that did not leave with their parcel.
struct WithdrawalWordsTests {
    private static let all: [ParcelWithdrawal] =
        ParcelRefusal.allCases.filter { $0 != .noAnswer && $0 != .rerouted }.map { .refused($0) }
        + [
            .unanswered, .rerouted(to: nil), .rerouted(to: "muc"), .blocked, .neverCollected, .cancelled(reason: nil),
            .cancelled(reason: "too late"),
        ]

    @Test func every_cause_has_a_sentence_of_its_own_that_names_the_location() {
        let sentences = Self.all.map { $0.sentence(at: "ber") }
        #expect(Set(sentences).count == Self.all.count && Set(Self.all.map(\.words)).count == Self.all.count)
        #expect(sentences.allSatisfy { $0.contains("ber") })
        #expect(!sentences.contains { $0.hasPrefix("cancelled") })
        #expect(ParcelWithdrawal.rerouted(to: "muc").sentence(at: "ber") == "an agent took it away from ber, for muc to ship")
        #expect(ParcelWithdrawal.cancelled(reason: "too late").sentence(at: "ber").hasSuffix("before ber shipped it: too late"))
    }
}
