import Foundation
import MailTemplates
import Testing

/// Every mail in every locale, against the files in Snapshots. `OMS_UPDATE_SNAPSHOTS=1` writes them anew.
@Suite struct SnapshotTests {
    private static let folder = packageRoot.appending(path: "Tests/MailTemplatesTests/Snapshots")

    @Test(arguments: ["en", "de", "de-AT"], 0..<MailSamples.all.count)
    func mails_look_as_they_did(_ locale: String, _ index: Int) throws {
        // The long mails differ between regions in what the short ones show already.
        guard locale != "de-AT" || index < MailKind.allCases.count else { return }
        let sample = MailSamples.all[index]
        let mail = try MailTemplates().render(sample, locale: locale)
        let name = "\(locale)/\(sample.content.kind.rawValue)\(index < MailKind.allCases.count ? "" : "_long")"
        for (suffix, text) in [("txt", "Subject: \(mail.subject)\n\n\(mail.text)"), ("html", mail.html)] {
            let file = Self.folder.appending(path: "\(name).\(suffix)")
            if ProcessInfo.processInfo.environment["OMS_UPDATE_SNAPSHOTS"] == "1" {
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(name).\(suffix) differs")
        }
    }
}
