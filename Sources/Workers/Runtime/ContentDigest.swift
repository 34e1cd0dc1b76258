internal import Messages

/// What tells a repeated message from a conflicting one: 16 bytes of SHA-256 over its known fields. Not a secret and not a signature;
/// half the digest keeps the rows narrow, and a chance collision is beyond reach.
package enum ContentDigest {
    static func of(_ message: some InboundBody) -> [UInt8] { of(message.canonicalBytes) }

    package static func of(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.digest(bytes).prefix(16)) }
}
