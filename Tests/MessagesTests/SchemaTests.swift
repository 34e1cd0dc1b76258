import Foundation
import Messages
import Testing

/// `queues/schemas` against the code, with a foreign implementation of JSON Schema as the judge.
@Suite(.timeLimit(.minutes(15))) struct SchemaTests {
    private struct Mutant: Decodable {
        var schema: String
        var path: String
        var kind: String
    }

    private static func line(_ schema: String, _ instance: [UInt8]) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("schema", schema)
        json.key("instance")
        json.raw(instance)
        json.endObject()
        return json.bytes + [UInt8(ascii: "\n")]
    }

    @Test func there_is_a_schema_per_type_and_no_other() throws {
        func names(_ folder: String) throws -> Set<String> {
            let files = try FileManager.default.contentsOfDirectory(atPath: Paths.queues.appending(path: "schemas/\(folder)").path)
            return Set(files.map { $0.replacing(".json", with: "") })
        }
        #expect(try names("inbound") == Set(InboundType.allCases.map(\.rawValue)))
        #expect(try names("events") == Set(EventType.allCases.map(\.rawValue)))
    }

    @Test func what_the_code_writes_fits_the_schemas() throws {
        var input: [UInt8] = []
        for event in EventExamples.written { input += Self.line("events/" + event.type.rawValue, event.body) }
        for sample in Sample.inbound where !sample.isCloudEvent {
            let message = try decode(sample.type, sample.text)
            input += Self.line("inbound/" + sample.type, message.body.json())
        }
        input += Self.line("reply", Reply.accepted(id: "1").json())
        input += Self.line("reply", Reply.reserved(id: "1", expiresAt: EventExamples.time).json())
        for code in RefusalCode.allCases {
            input += Self.line("reply", Reply.refused(MessageRefusal(code, path: "/a~1b/0", "Not so.")).json())
        }
        let answer = try Validator.run("schemas.py", ["validate", Paths.queues.path], input: input)
        #expect(answer.status == 0, "\(answer.lines.joined(separator: "\n"))\(answer.complaint)")
    }

    /// Every sample made wrong in one place: its schema refuses it, and so does the decoder, naming the same place.
    @Test func schemas_and_code_refuse_the_same_mutants() throws {
        let answer = try Validator.run("schemas.py", ["mutants", Paths.queues.path])
        #expect(answer.status == 0, "\(answer.complaint)")
        var judged = 0
        for line in answer.lines {
            let mutant = try JSONDecoder().decode(Mutant.self, from: Data(line.utf8))
            guard mutant.schema.hasPrefix("inbound/"), let start = line.range(of: "\"instance\": ") else { continue }
            let body = String(line[start.upperBound...].dropLast())
            let refusal = refusal(String(mutant.schema.dropFirst("inbound/".count)), body)
            #expect(refusal?.code == .invalidField, "\(mutant)")
            #expect(refusal?.path == mutant.path, "\(mutant)")
            judged += 1
        }
        #expect(judged > 1_000)
    }

    @Test func refusal_codes_are_listed_where_integrators_look() throws {
        let definitions = try String(contentsOf: Paths.queues.appending(path: "schemas/defs.json"), encoding: .utf8)
        let readme = try String(contentsOf: Paths.queues.appending(path: "README.md"), encoding: .utf8)
        for code in RefusalCode.allCases {
            #expect(
                definitions.contains("\"\(code.rawValue)\""),
                "add \(code.rawValue) to the examples of refusalCode in queues/schemas/defs.json"
            )
            #expect(readme.contains("| `\(code.rawValue)` |"), "add \(code.rawValue) to the table in queues/README.md")
        }
    }

    @Test func countries_of_schema_and_code_are_the_same() throws {
        let file = try Data(contentsOf: Paths.queues.appending(path: "schemas/defs.json"))
        let definitions = try #require(JSONSerialization.jsonObject(with: file) as? [String: Any])
        let country = (definitions["$defs"] as? [String: Any])?["country"] as? [String: Any]
        #expect(country?["enum"] as? [String] == CountryCode.all)
    }

    @Test func every_file_the_readme_names_is_there() throws {
        let readme = try String(contentsOf: Paths.queues.appending(path: "README.md"), encoding: .utf8)
        let links = readme.matches(of: /\]\(([^)]+)\)/).map { String($0.1) }
        #expect(links.count > 20)
        for link in links { #expect(FileManager.default.fileExists(atPath: Paths.queues.appending(path: link).path), "\(link)") }
    }
}
