import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// `oms worker` from outside: health, metrics, ports, signals.
@Suite(.timeLimit(.minutes(15)))
struct WorkerCommandTests {
    private func address(of child: ChildProcess) async throws -> String {
        try await child.waitForOutput("metrics and health")
        let line = try #require(child.output.split(separator: "\n").first { $0.contains("metrics and health") })
        return try #require(try JSON(Array(line.utf8))["address"].string)
    }

    private func get(_ url: String) async throws -> (status: Int, body: String) {
        let (data, response) = try await URLSession.shared.data(from: try #require(URL(string: url)))
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }

    @Test func health_and_metrics_tell_what_it_does() async throws {
        try await withShop([]) { shop in
            let child = try shop.child()
            let address = try await address(of: child)
            #expect(try await get(address + "/health/live") == (200, "live\n"))
            try await eventually("it is ready") { try await get(address + "/health/ready").status == 200 }
            try await shop.place(Order("1", of: "A"))
            try await eventually("the message is counted") {
                try await get(address + "/metrics").body
                    .contains(#"oms_worker_messages_total{role="intake",queue="oms.intake",outcome="done"} 1"#)
            }
            let metrics = try await get(address + "/metrics").body
            #expect(metrics.contains("oms_outbox_oldest_age_seconds"))
            #expect(metrics.contains("oms_worker_batch_seconds_bucket"))
            try await shop.event("order.backordered")
            #expect(try await child.end() == .exited(0))
        }
    }

    @Test func a_taken_port_is_no_error() async throws {
        try await withShop([]) { shop in
            let first = try shop.child(["relay"], ["OMS_METRICS_PORT": "19464"])
            let second = try shop.child(["relay"], ["OMS_METRICS_PORT": "19464"])
            let addresses = [try await address(of: first), try await address(of: second)]
            #expect(Set(addresses).count == 2)
            for address in addresses { #expect(try await get(address + "/health/live").status == 200) }
            #expect(try await first.end() == .exited(0))
            #expect(try await second.end() == .exited(0))
        }
    }

    @Test func a_worker_waits_for_servers_that_are_not_there_and_ends_when_told() async throws {
        let child = try ChildProcess(
            try ProjectRoot.oms,
            ["worker", "intake"],
            environment: [
                "OMS_DATABASE_URL": "postgresql://u:secret@127.0.0.1:1/db", "OMS_BROKER_URL": "amqp://u:secret@127.0.0.1:1/v",
                "OMS_METRICS_PORT": "0", "OMS_LOG_FORMAT": "json",
            ]
        )
        let address = try await address(of: child)
        try await child.waitForOutput("waiting for the broker")
        #expect(try await get(address + "/health/live").status == 200)
        #expect(try await get(address + "/health/ready").status == 503)
        #expect(try await child.end() == .exited(0))
        #expect(!child.output.contains("secret"))
    }
}
