import Commerce
import Testing

/// Why units did not leave with their parcel, as locations are told and as stories keep it.
struct ParcelWithdrawalTests {
    static let all: [(withdrawal: ParcelWithdrawal, reason: String, detail: String)] = [
        (.refused(.outOfStock), "out_of_stock", "out_of_stock"), (.refused(.damaged), "damaged", "damaged"),
        (.refused(.capacity), "capacity", "capacity"), (.refused(.other), "other", "other"),
        (.unanswered, "no_answer", "no_answer"), (.rerouted(to: nil), "rerouted", "rerouted"),
        (.rerouted(to: "muc"), "rerouted", "rerouted: muc"), (.blocked, "blocked", "blocked"),
        (.neverCollected, "never_collected", "never_collected"), (.cancelled(reason: nil), "cancelled", "cancelled"),
        (.cancelled(reason: "too: late"), "too: late", "cancelled: too: late"), (.cancelled(reason: ""), "", "cancelled: "),
    ]

    @Test(arguments: all)
    func every_cause_is_told_and_comes_back_as_it_was_kept(
        withdrawal: ParcelWithdrawal,
        reason: String,
        detail: String
    ) {
        #expect(withdrawal.reason == reason && withdrawal.detail == detail)
        #expect(ParcelWithdrawal(detail: detail) == withdrawal)
    }

    @Test(arguments: ["blocked", "no_answer", "rerouted", "rerouted: muc", "damaged", "cancelled", "never_collected", " x", ""])
    func no_words_of_a_channel_are_taken_for_another_cause(reason: String) {
        let withdrawal = ParcelWithdrawal.cancelled(reason: reason)
        #expect(withdrawal.reason == reason && withdrawal.cause == "cancelled")
        #expect(ParcelWithdrawal(detail: withdrawal.detail) == withdrawal)
    }

    @Test(arguments: ["changed my mind", "blocked: by me", "no_answer: x", "moved:x", ""])
    func what_stories_kept_before_of_a_cancellation_is_read(reason: String) {
        #expect(ParcelWithdrawal(detail: reason) == .cancelled(reason: reason))
    }
}
