import Foundation
import TestSupport
import Testing

/// `oms demo`: a small day, then the scenes.
@Suite(.timeLimit(.minutes(15)))
struct DemoTests {
    @Test func the_day_and_its_scenes_are_told_in_80_columns_and_end_with_a_clean_audit() async throws {
        try await withShop([], hearing: []) { shop in
            let folder = NSTemporaryDirectory() + "oms-demo-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let environment = shop.environment.merging(["OMS_DEMO_OUTPUT": folder, "OMS_STACK_DIR": folder]) { _, new in new }
            let (status, output) = try await ChildProcess.run(
                try ProjectRoot.oms,
                ["demo", "--orders", "40", "--seed", "3"],
                environment: environment,
                within: .seconds(600)
            )
            // In one line, the end of it: where a log shows only a message's first line, the reason is still there.
            try #require(status == 0, "\(output.suffix(2_000).split(separator: "\n").joined(separator: " | "))")
            let report = output.split(separator: "\n", omittingEmptySubsequences: false).drop { !$0.hasPrefix("A shop's day") }
            for line in report where line.contains("/") == false { #expect(line.count <= 80, "\(line)") }
            // In this order.
            var rest = report.joined(separator: "\n")[...]
            for passage in [
                "Scene 1", "from vie-d", "location.dropped", "oms stock feed list --location vie-d", "dropped out",
                "from cgn-1", "oms order why desk-de 2", "from cgn-1", "location.restored", "Scene 2", "from vie-d", "from cgn-1",
                "oms order show desk-de 3", "refused: sold out there", "Scene 3", "from vie-d", "from cgn-1", "order.held",
                "reason: rounds",
                "oms order held", "desk-de/4", "oms order release desk-de 4", "is let go", "from lej-1", "Scene 4", "oms rules simulate",
                "would have been decided otherwise",
                "Nothing was lost, doubled or oversold.",
            ] {
                let found = try #require(rest.firstRange(of: passage), "\(passage) is missing in:\n\(rest)")
                rest = rest[found.upperBound...]
            }
        }
    }
}
