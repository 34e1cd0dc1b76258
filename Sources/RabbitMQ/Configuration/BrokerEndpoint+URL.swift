extension BrokerEndpoint {
    /// Reads `amqp://` and `amqps://` URLs.
    ///
    /// User, password, host and virtual host are percent-decoded; a missing or empty path is the virtual host `/`. The query knows
    /// RabbitMQ's names: `cacertfile`, `certfile`, `keyfile`, `verify` (`verify_peer`, the default, or `verify_none`), `heartbeat`
    /// (seconds), `connection_timeout` (milliseconds); anything else is refused, since a misspelt `verify` must not pass.
    package init(url: String) throws(BrokerError) {
        guard let schemeEnd = url.firstRange(of: "://") else { throw .badURL("it does not begin with amqp:// or amqps://") }
        let isEncrypted: Bool
        switch url[..<schemeEnd.lowerBound].lowercased() {
        case "amqp": isEncrypted = false
        case "amqps": isEncrypted = true
        default: throw .badURL("it does not begin with amqp:// or amqps://")
        }
        let (beforeQuery, query) = url[schemeEnd.upperBound...].cut(at: "?")
        guard !(query ?? "").contains("#"), !beforeQuery.contains("#") else { throw .badURL("it has a fragment; write # as %23") }
        let (authority, path) = beforeQuery.cut(at: "/")
        let login: Substring?
        let address: Substring
        if let at = authority.lastIndex(of: "@") {
            login = authority[..<at]
            address = authority[authority.index(after: at)...]
        } else {
            login = nil
            address = authority
        }
        let (user, password) = (login ?? "guest:guest").cut(at: ":")
        self.user = try percentDecoded(user, "the user")
        self.password = try percentDecoded(password ?? "", "the password")
        let virtualHost = try percentDecoded(path ?? "", "the virtual host")
        self.virtualHost = virtualHost.isEmpty ? "/" : virtualHost
        (host, port) = try Self.hostAndPort(address, default: isEncrypted ? 5671 : 5672)
        tls = isEncrypted ? TLS() : nil
        for option in (query ?? "").split(separator: "&") {
            let (name, value) = option.cut(at: "=")
            try apply(option: String(name), value: percentDecoded(value ?? "", "option \(name)"))
        }
    }

    private static func hostAndPort(_ address: Substring, default: UInt16) throws(BrokerError) -> (String, UInt16) {
        let host: Substring
        let rest: Substring
        if address.hasPrefix("[") {
            guard let end = address.firstIndex(of: "]") else { throw .badURL("the bracket of an IPv6 address is not closed") }
            host = address[address.index(after: address.startIndex)..<end]
            rest = address[address.index(after: end)...]
        } else {
            let colon = address.firstIndex(of: ":") ?? address.endIndex
            host = address[..<colon]
            rest = address[colon...]
        }
        let name = try percentDecoded(host, "the host")
        guard !name.isEmpty else { throw .badURL("it names no host") }
        if rest.isEmpty { return (name, `default`) }
        guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()), port > 0 else {
            throw .badURL("the port is not a number from 1 to 65535")
        }
        return (name, port)
    }

    private mutating func apply(option: String, value: String) throws(BrokerError) {
        switch option {
        case "heartbeat":
            guard let seconds = UInt16(value) else { throw .badURL("heartbeat is not a number of seconds") }
            heartbeatSeconds = Int(seconds)
        case "connection_timeout":
            guard let milliseconds = UInt32(value), milliseconds > 0 else {
                throw .badURL("connection_timeout is not a number of milliseconds")
            }
            connectTimeout = .milliseconds(Int64(milliseconds))
        case "cacertfile", "certfile", "keyfile", "verify":
            guard tls != nil else { throw .badURL("option \(option) needs amqps://") }
            switch (option, value) {
            case ("cacertfile", _): tls?.authorityFile = value
            case ("certfile", _): tls?.certificateFile = value
            case ("keyfile", _): tls?.keyFile = value
            case (_, "verify_peer"): tls?.verifiesPeer = true
            case (_, "verify_none"): tls?.verifiesPeer = false
            default: throw .badURL("verify is neither verify_peer nor verify_none")
            }
        default:
            throw .badURL("option \(option) is not known")
        }
    }
}

/// The text with its `%41`s decoded. NUL is refused: the C library would end the text there.
private func percentDecoded(_ text: Substring, _ what: String) throws(BrokerError) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
            bytes.append(byte)
            continue
        }
        guard let high = rest.popFirst()?.hexDigitValue, let low = rest.popFirst()?.hexDigitValue else {
            throw .badURL("\(what) has a % without two hexadecimal digits; write % itself as %25")
        }
        bytes.append(high << 4 | low)
    }
    guard !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else {
        throw .badURL("\(what) is not UTF-8 text")
    }
    return decoded
}

extension UInt8 {
    fileprivate var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Substring {
    /// What is before the first `separator`, and what is after it, if there is one.
    fileprivate func cut(at separator: Character) -> (Substring, Substring?) {
        guard let index = firstIndex(of: separator) else { return (self, nil) }
        return (self[..<index], self[self.index(after: index)...])
    }

    var trimmingSpaces: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? endIndex
        return start < end ? String(self[start..<end]) : ""
    }
}
