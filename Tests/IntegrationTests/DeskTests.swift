import Postgres
import TestSupport
import Testing

/// `oms dead`: the desk of refused messages, through the program.
@Suite(.timeLimit(.minutes(15)))
struct DeskTests {
    @Test func refused_messages_are_listed_shown_retried_and_dropped() async throws {
        try await withShop { shop in
            try await shop.refused("order.placed", Order("1", of: "A").with { $0.channel = "soon" }.body, "unknown_channel")
            try await shop.refused("order.placed", Order("2", of: "A").with { $0.channel = "\u{1B}[31mnever" }.body, "invalid_field")
            try await shop.tell("no.such.type", ["a": "b"])
            let entries = try await shop.desk(has: 3)

            let list = try await shop.oms(["dead", "list"])
            #expect(list.status == 0)
            #expect(list.output.contains("unknown_channel") && list.output.contains("unsupported_type"))
            #expect(!list.output.contains("\u{1B}"), "what strangers sent does not color the terminal")
            let lines = try await shop.oms(["dead", "list", "--json"]).output.split(separator: "\n")
            #expect(lines.count == 3)
            for line in lines { #expect(try JSON(Array(line.utf8))["status"] == "open") }
            let shown = try await shop.oms(["dead", "show", "\(entries[0].number)", "--json"])
            #expect(try JSON(Array(shown.output.utf8))["body"].string == Order("1", of: "A").with { $0.channel = "soon" }.body.text())

            // The channel is opened; the order is sent again, and taken.
            try await shop.session.write { tx in
                try tx.execute(
                    "INSERT INTO channel (id, seller, definition) SELECT 'soon', seller, replace(definition, 'other', 'soon') FROM channel WHERE id = 'other'"
                )
                try tx.execute("INSERT INTO network_version (version) SELECT max(version) + 1 FROM network_version")
            }
            #expect(try await shop.oms(["dead", "retry", "--code", "unknown_channel"]).status == 0)
            try await eventually("the order is taken") { try await shop.count("orders") == 1 }
            #expect(try await shop.oms(["dead", "drop", "\(entries[1].number)", "\(entries[2].number)"]).status == 0)
            #expect(try await shop.oms(["dead", "list"]).output.contains("the desk is empty"))
            #expect(try await shop.oms(["dead", "list", "--all", "--json"]).output.split(separator: "\n").count == 3)
            #expect(try await shop.oms(["dead", "drop", "\(entries[1].number)"]).status == 1, "it is settled")
            #expect(try await shop.oms(["dead", "show", "999999"]).status == 1)
            #expect(try await shop.oms(["dead", "retry"]).status == 2)
        }
    }
}
