package import Commerce

/// What is sent to a message's `reply_to` (contract, section 2).
package enum Reply: Hashable, Sendable {
    /// Taken and durable; `id` is the sender's own (`InboundBody.senderID`).
    case accepted(id: String)
    case refused(MessageRefusal)
    /// Taken; what was asked for is kept until then.
    case reserved(id: String, expiresAt: Timestamp)

    package func json() -> [UInt8] {
        var json = JSONWriter(capacity: 128)
        json.beginObject()
        switch self {
        case .accepted(let id):
            json.member("accepted", true)
            json.member("id", id)
        case .refused(let refusal):
            json.member("accepted", false)
            json.member("code", refusal.code.rawValue)
            json.member("path", optional: refusal.path)
            json.member("message", refusal.message)
        case .reserved(let id, let expiresAt):
            json.member("accepted", true)
            json.member("id", id)
            json.member("expiresAt", expiresAt)
        }
        json.endObject()
        return json.bytes
    }
}
