import Foundation

/// A mail as it arrived, read by Python's `email` package: a parser that is not ours.
struct CaughtMail: Decodable {
    struct Part: Decodable {
        var type: String
        var filename: String?
        /// For texts.
        var text: String?
        /// For everything else.
        var base64: String?
    }

    /// Names in lower case; of several fields of a name the last.
    var headers: [String: String]
    /// The sender's name, decoded as RFC 2047 says (the newer parser of Python 3.11 puts spaces between encoded words of a name).
    var senderName: String
    var recipients: [String]
    var parts: [Part]
    var defects: [String]
    var longestLine: Int
    var isASCII: Bool

    private static let script = """
        import sys, json, base64, email, email.policy, email.utils
        from email.header import decode_header, make_header
        raw = sys.stdin.buffer.read()
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        defects = [repr(d) for d in mail.defects]
        old = email.message_from_bytes(raw)
        name = str(make_header(decode_header(email.utils.parseaddr(old['From'].replace('\\r\\n', ''))[0])))
        parts = []
        for part in mail.walk():
            defects += [repr(d) for d in part.defects]
            for value in part.values(): defects += [repr(d) for d in getattr(value, 'defects', ())]
            if part.is_multipart(): continue
            type = part.get_content_type()
            content = part.get_payload(decode=True)
            is_text = type.startswith('text/') and part.get_content_disposition() != 'attachment'
            parts.append(dict(type=type, filename=part.get_filename(),
                text=content.decode('utf-8').replace('\\r\\n', '\\n') if is_text else None,
                base64=None if is_text else base64.b64encode(content).decode()))
        print(json.dumps(dict(headers={k.lower(): str(v) for k, v in mail.items()}, senderName=name, recipients=mail.get_all('X-Envelope-To') or [],
            parts=parts, defects=defects, longestLine=max(len(l) for l in raw.split(b'\\r\\n')), isASCII=raw.isascii())))
        """

    static func parse(_ bytes: Data) throws -> CaughtMail {
        try JSONDecoder().decode(CaughtMail.self, from: try Tool.run(["/usr/bin/python3", "-c", script], input: bytes))
    }

    /// Every mail of a spool folder, in the order of arrival.
    static func all(in spool: URL) throws -> [CaughtMail] {
        let names = try FileManager.default.contentsOfDirectory(atPath: spool.path).filter { $0.hasSuffix(".eml") }.sorted()
        return try names.map { try parse(try Data(contentsOf: spool.appending(path: $0))) }
    }

    /// The bytes of the mails with this id.
    static func raw(messageID: String, in spool: URL) throws -> [Data] {
        let needle = Data("Message-ID: <\(messageID)>".utf8)
        let names = try FileManager.default.contentsOfDirectory(atPath: spool.path).filter { $0.hasSuffix(".eml") }.sorted()
        return try names.map { try Data(contentsOf: spool.appending(path: $0)) }.filter { $0.range(of: needle) != nil }
    }
}
