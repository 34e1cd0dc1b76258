internal import ArgumentParser
internal import Messages
internal import Postgres
internal import Store

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Prove that nothing is lost: every conservation law, in one snapshot.",
        discussion: "Exit status 1 on any violation. Harmless while workers run.\n\nExample: oms audit --json"
    )

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let session = try await Settings.load().session()
        let examined = try await Self.examine(session)
        try conclude(examined.findings, examined.extents)
    }

    private func conclude(_ findings: [AuditStore.Finding], _ extents: [AuditStore.Extent]) throws {
        let violations = findings.reduce(0) { $0 + $1.violations }
        if json {
            Terminal.print(Self.json(findings, extents, violations: violations))
        } else {
            for line in Self.report(findings, extents) { Terminal.print(line) }
        }
        guard violations == 0 else { throw CommandFailure.fault(json ? "" : "\(violations) violations") }
    }

    static func examine(_ session: PostgresSession) async throws -> Examined {
        try await session.read(isolation: .repeatableRead) { tx in
            try tx.liftTimeLimits()
            return Examined(findings: try AuditStore.examine(in: tx), extents: try AuditStore.extents(in: tx))
        }
    }

    struct Examined: Sendable {
        var findings: [AuditStore.Finding]
        var extents: [AuditStore.Extent]
    }

    static func report(_ findings: [AuditStore.Finding], _ extents: [AuditStore.Extent]) -> [String] {
        var lines: [String] = []
        for finding in findings {
            lines.append("\(finding.violations == 0 ? "holds " : "BROKEN") \(finding.law.name.padded(16)) \(finding.law.sentence)")
            guard finding.violations > 0 else { continue }
            lines.append("       \(finding.violations) violations, for example:")
            lines += finding.examples.map { "       - \(Terminal.safe($0))" }
        }
        lines.append("")
        lines += extents.map { "\($0.name.padded(28)) \($0.count.grouped.leftPadded(14))" }
        return lines
    }

    private static func json(_ findings: [AuditStore.Finding], _ extents: [AuditStore.Extent], violations: Int64) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("violations", violations)
        json.list("laws", findings) { json, finding in
            json.beginObject()
            json.member("name", finding.law.name)
            json.member("law", finding.law.sentence)
            json.member("violations", finding.violations)
            json.list("examples", finding.examples) { $0.string($1) }
            json.endObject()
        }
        json.key("extents")
        json.beginObject()
        for extent in extents {
            json.key(any: extent.name)
            json.integer(extent.count)
        }
        json.endObject()
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
