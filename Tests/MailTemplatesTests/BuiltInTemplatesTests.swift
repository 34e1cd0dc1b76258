import Foundation
import Testing

@testable import MailTemplates

@Suite struct BuiltInTemplatesTests {
    @Test func the_program_holds_the_files_as_they_are() throws {
        let folder = packageRoot.appending(path: "Sources/MailTemplates/Templates")
        var files: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            var isFolder: ObjCBool = false
            let file = folder.appending(path: path)
            guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue else { continue }
            files[path] = try String(contentsOf: file, encoding: .utf8)
        }
        let others = Set(files.keys).union(BuiltInTemplates.files.keys).filter { files[$0] != BuiltInTemplates.files[$0] }.sorted()
        #expect(!files.isEmpty && others.isEmpty, "run ops/embed-templates")
    }

    @Test func every_name_in_the_description_exists_and_the_other_way_round() throws {
        let readme = try #require(BuiltInTemplates.files["README.md"])
        for kind in MailKind.allCases { #expect(readme.contains("`\(kind.rawValue)`")) }
        let names = try MailSamples.names().values.reduce(into: Set<String>()) { $0.formUnion($1) }
        for name in names { #expect(readme.contains(name), "\(name) is not described") }
    }

    @Test func exported_templates_make_the_same_mails_and_changes_are_kept() throws {
        let sample = try #require(MailSamples.all.first)
        try withFolder(["de/order_confirmation.subject.mustache": "Mein Betreff {{order.id}}"]) { folder in
            let written = try MailTemplates.export(to: folder)
            #expect(written.count == BuiltInTemplates.files.count - 1)
            #expect(try MailTemplates.export(to: folder).isEmpty)
            let own = try MailTemplates(directory: folder).render(sample, locale: "de")
            let builtIn = try MailTemplates().render(sample, locale: "de")
            #expect(own.subject == "Mein Betreff 100042")
            #expect(own.text == builtIn.text)
        }
    }
}
