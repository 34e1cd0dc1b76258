internal import Foundation

/// The mails that the catcher took, by their `Message-ID`.
struct ChaosMails: Sendable {
    /// How often each was handed over.
    var handedOver: [String: Int] = [:]

    /// - Throws: `CommandFailure` where no catcher's folder is known.
    init(spool: String?) throws {
        guard let spool else { throw CommandFailure.wrongUse("OMS_SMTP_SPOOL is not set: chaos counts the mails in it.") }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: spool)) ?? [] where name.hasSuffix(".eml") {
            guard let data = FileManager.default.contents(atPath: "\(spool)/\(name)") else { continue }
            if let id = Self.messageID(of: String(decoding: data.prefix(4_096), as: UTF8.self)) { handedOver[id, default: 0] += 1 }
        }
    }

    /// `<id>` of the header, without its brackets.
    static func messageID(of head: String) -> String? {
        let unfolded = head.replacingOccurrences(of: "\r\n ", with: " ").replacingOccurrences(of: "\r\n\t", with: " ")
        for line in unfolded.split(separator: "\r\n", omittingEmptySubsequences: false) {
            if line.isEmpty { return nil }
            guard line.lowercased().hasPrefix("message-id:") else { continue }
            return line.dropFirst("message-id:".count).trimmingCharacters(in: CharacterSet(charactersIn: " <>"))
        }
        return nil
    }
}
