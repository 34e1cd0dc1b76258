/// What was said in one conversation, as far as it decides what a failure means.
///
/// libcurl tells only its own error and the last reply code; which command that code answered, and what the server offers,
/// must be read along.
struct SMTPDialogue {
    enum Step: Equatable {
        /// Greeting, EHLO, STARTTLS, AUTH: nothing of this mail has been said yet.
        case opening
        case sender
        case recipient(Int)
        case data
        /// The whole mail is out; only the answer is owed.
        case handedOver
    }

    private(set) var step = Step.opening
    private(set) var isAuthenticating = false
    /// libcurl has given the connection up; what is said now says nothing about the mail.
    private var isOver = false
    private(set) var replyCode: Int?
    private(set) var enhancedStatus: String?
    /// Whether the server offered SMTPUTF8 in its last EHLO on this connection; kept over the mails of one connection.
    var offersInternationalAddresses = false

    init(offersInternationalAddresses: Bool) { self.offersInternationalAddresses = offersInternationalAddresses }

    /// A command goes out.
    mutating func sent(_ line: UnsafeRawBufferPointer) {
        isOver = isOver || Self.starts(line, "QUIT")
        guard !isOver else { return }
        // What the previous command was answered says nothing about this one.
        replyCode = nil
        enhancedStatus = nil
        if Self.starts(line, "MAIL ") {
            step = .sender
        } else if Self.starts(line, "RCPT ") {
            if case .recipient(let index) = step { step = .recipient(index + 1) } else { step = .recipient(0) }
        } else if Self.starts(line, "DATA") {
            step = .data
        } else if Self.starts(line, "EHLO ") || Self.starts(line, "HELO ") {
            offersInternationalAddresses = false
        } else if Self.starts(line, "AUTH ") {
            isAuthenticating = true
        }
        if step != .opening { isAuthenticating = false }
    }

    /// The last byte of the mail goes out.
    mutating func handedOver() {
        step = .handedOver
        replyCode = nil
        enhancedStatus = nil
    }

    /// A line of a reply came in.
    mutating func received(_ line: UnsafeRawBufferPointer) {
        guard !isOver, line.count >= 3, line.prefix(3).allSatisfy({ (0x30...0x39).contains($0) }) else { return }
        let isLast = line.count == 3 || line[3] != UInt8(ascii: "-")
        if line.count >= 12, Self.starts(UnsafeRawBufferPointer(rebasing: line[4...]), "SMTPUTF8") { offersInternationalAddresses = true }
        guard isLast else { return }
        replyCode = line.prefix(3).reduce(0) { $0 * 10 + Int($1) - 0x30 }
        let words = line.dropFirst(4).split(maxSplits: 1, whereSeparator: { $0 == ASCII.space || $0 == ASCII.carriageReturn })
        enhancedStatus = words.first.flatMap(Self.enhancedStatus)
    }

    /// `5.1.1`; anything else is prose.
    private static func enhancedStatus(_ word: Slice<UnsafeRawBufferPointer>) -> String? {
        let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isStatus = parts.count == 3 && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { (0x30...0x39).contains($0) } }
        return isStatus ? String(decoding: word, as: UTF8.self) : nil
    }

    private static func starts(_ line: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
        guard line.count >= word.utf8CodeUnitCount else { return false }
        return zip(line, UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)).allSatisfy { $0 & 0xDF == $1 & 0xDF }
    }
}
