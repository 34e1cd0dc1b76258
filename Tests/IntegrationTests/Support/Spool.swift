import Foundation
import TestSupport

/// The mails that the catcher took, by recipient.
extension Shop {
    func mails(to recipient: String) throws -> [String] {
        let line = "X-Envelope-To: <\(recipient)>"
        let names = try FileManager.default.contentsOfDirectory(atPath: spool).filter { $0.hasSuffix(".eml") }.sorted()
        return names.compactMap { name in
            guard let data = FileManager.default.contents(atPath: "\(spool)/\(name)") else { return nil }
            let text = String(decoding: data, as: UTF8.self)
            return text.contains(line) ? text : nil
        }
    }

    /// An address nobody else writes to.
    static func address(_ local: String = "customer") -> String { "\(local)+\(UUID().uuidString.lowercased())@example.com" }
}
