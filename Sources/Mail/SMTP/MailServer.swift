/// Where mails are handed over, and how: `smtp://user:password@host:port/name?tls=required&ca=/path/ca.pem`.
///
/// - `smtp` speaks STARTTLS where the server offers it, port 25; `smtps` speaks TLS from the first byte, port 465.
/// - The path is the name to say in `EHLO`; default: the machine's.
/// - `tls=required` refuses to go on without STARTTLS and a trusted certificate, `tls=opportunistic` takes any certificate (whoever
///   could forge it could as well hide STARTTLS), `tls=off` never asks. Default: `required` where a password would otherwise
///   leave the machine in the clear, else `opportunistic`.
/// - `ca` names a PEM file of the authorities to trust instead of the system's.
/// - User and password are percent-encoded.
struct MailServer: Sendable, Hashable {
    enum Encryption: String, Sendable { case required, opportunistic, off, implicit }

    var host: String
    var port: Int
    var user: String?
    var password: String?
    var greetingName: String?
    var encryption: Encryption
    var authorities: String?

    init(url: String) throws(MailError) {
        guard let scheme = ["smtp://", "smtps://"].first(where: url.lowercased().hasPrefix) else {
            throw Self.invalid("the URL must start with smtp:// or smtps://")
        }
        let isImplicit = scheme == "smtps://"
        let (beforeQuery, query) = Self.cut(url.dropFirst(scheme.count), at: "?")
        let (authority, path) = Self.cut(beforeQuery, at: "/")
        let at = authority.lastIndex(of: "@")
        let (host, port) = try Self.hostAndPort(at.map { authority[authority.index(after: $0)...] } ?? authority)
        self.host = host
        self.port = port ?? (isImplicit ? 465 : 25)
        greetingName = path?.isEmpty == false ? path.map(String.init) : nil
        if let at {
            let (user, password) = Self.cut(authority[..<at], at: ":")
            self.user = try Self.percentDecoded(user)
            self.password = try password.map(Self.percentDecoded) ?? ""
        }
        let isLocal = ["localhost", "[::1]"].contains(host) || host.hasPrefix("127.")
        encryption = isImplicit ? .implicit : (user != nil && !isLocal ? .required : .opportunistic)
        if let query { try read(query) }
        guard greetingName.map({ $0.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "-.[]:".utf8.contains($0) } }) ?? true else {
            throw Self.invalid("the path must be a host name, to say in EHLO")
        }
    }

    /// Without user and password.
    var urlForCurl: String { "\(encryption == .implicit ? "smtps" : "smtp")://\(host):\(port)/\(greetingName ?? "")" }

    private mutating func read(_ query: Substring) throws(MailError) {
        for item in query.split(separator: "&") {
            let (name, value) = Self.cut(item, at: "=")
            let text = try Self.percentDecoded(value ?? "")
            switch name {
            case "tls":
                guard let chosen = Encryption(rawValue: text), chosen != .implicit else {
                    throw Self.invalid("tls must be required, opportunistic or off")
                }
                guard encryption != .implicit || chosen == .required else { throw Self.invalid("smtps:// is always encrypted") }
                if encryption != .implicit { encryption = chosen }
            case "ca": authorities = text
            default: throw Self.invalid("only tls and ca may follow the question mark")
            }
        }
    }

    private static func hostAndPort(_ text: Substring) throws(MailError) -> (String, Int?) {
        var host = text
        var port: Int?
        let afterBrackets = text.lastIndex(of: "]") ?? text.startIndex
        if let colon = text[afterBrackets...].lastIndex(of: ":") {
            host = text[..<colon]
            guard let number = Int(text[text.index(after: colon)...]), (1...65535).contains(number) else {
                throw invalid("the port must be a number from 1 to 65535")
            }
            port = number
        }
        let isLiteral = host.hasPrefix("[") && host.hasSuffix("]")
        guard isLiteral || !host.contains(":"), let name = DomainName.ascii(String(host)) else {
            throw invalid("the host is no host name or address")
        }
        return (name, port)
    }

    private static func cut(_ text: Substring, at separator: Character) -> (Substring, Substring?) {
        guard let index = text.firstIndex(of: separator) else { return (text, nil) }
        return (text[..<index], text[text.index(after: index)...])
    }

    private static func percentDecoded(_ text: Substring) throws(MailError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2, let value = UInt8(digits, radix: 16), value != 0 else {
                throw invalid("a percent sign must be followed by two hexadecimal digits")
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self), !decoded.utf8.contains(where: { $0 < 0x20 }) else {
            throw invalid("user, password or an option is no text")
        }
        return decoded
    }

    private static func invalid(_ what: String) -> MailError { MailError(.invalidConfiguration(what)) }
}

extension MailServer: CustomStringConvertible, CustomReflectable {
    /// For logs: neither user nor password.
    var description: String { "\(host):\(port)" }

    var customMirror: Mirror { Mirror(self, children: ["server": description]) }
}
