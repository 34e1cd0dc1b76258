package import Messages

/// What became of one message.
package enum Outcome: Sendable, Hashable {
    /// Its effect is committed, or had been before. `id` is what a reply names, the sender's own.
    case done(id: String?)
    /// It asked something, and this is the answer: no is an answer too, and nothing for the dead-letter desk.
    case answer(Reply)
    /// Something it names is not there yet. The refusal is what it comes to when all attempts are spent.
    case retry(MessageRefusal)
    /// Acknowledged, without effect, and kept at the dead-letter desk.
    case refuse(MessageRefusal)
}
