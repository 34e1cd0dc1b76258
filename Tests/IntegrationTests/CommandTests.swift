import Foundation
import Postgres
import TestSupport
import Testing

/// The program as a person or a script meets it: exit status, one sentence, no stack trace.
@Suite(.timeLimit(.minutes(5)))
struct CommandTests {
    private static let nothing: [String: String?] = [
        "OMS_DATABASE_URL": nil, "OMS_DATABASE_OWNER_URL": nil, "OMS_BROKER_URL": nil, "OMS_SMTP_URL": nil, "OMS_CONFIG": nil,
    ]
    /// Nobody listens on port 1.
    private static let unreachable: [String: String?] = [
        "OMS_DATABASE_URL": "postgresql://u:secret@127.0.0.1:1/db", "OMS_DATABASE_OWNER_URL": "postgresql://u:secret@127.0.0.1:1/db",
        "OMS_BROKER_URL": "amqp://u:secret@127.0.0.1:1/v", "OMS_SMTP_URL": "smtp://127.0.0.1:1",
    ]
    private static let malformed: [String: String?] = [
        "OMS_DATABASE_URL": "mysql://u:secret@h/db", "OMS_DATABASE_OWNER_URL": "mysql://u:secret@h/db",
        "OMS_BROKER_URL": "http://u:secret@h", "OMS_SMTP_URL": "gopher://h",
    ]

    private func run(_ arguments: String, _ environment: [String: String?]) async throws -> (status: Int32, output: String) {
        try await ChildProcess.run(try ProjectRoot.oms, arguments.split(separator: " ").map(String.init), environment: environment)
    }

    private func expectOneSentence(_ output: String, _ what: String) {
        #expect(!output.isEmpty, "\(what)")
        #expect(output.utf8.count < 600, "\(what): \(output)")
        #expect(!output.contains("secret"), "\(what) shows a password")
        #expect(!output.contains("Fatal error") && !output.contains(".swift:") && !output.contains("Thread"), "\(what): \(output)")
    }

    @Test(arguments: [
        "migrate", "topology apply", "audit", "dead list", "worker intake", "publish order.placed /dev/null", "order show shop 1",
    ])
    func without_configuration_it_is_wrong_use(command: String) async throws {
        let (status, output) = try await run(command, Self.nothing)
        #expect(status == 2, "\(output)")
        expectOneSentence(output, command)
    }

    @Test(arguments: ["migrate", "topology apply", "audit", "dead list", "worker intake", "worker mailing", "order show shop 1"])
    func with_a_url_that_cannot_be_read_it_is_wrong_use(command: String) async throws {
        let (status, output) = try await run(command, Self.malformed)
        #expect(status == 2, "\(output)")
        expectOneSentence(output, command)
    }

    @Test(arguments: [
        "migrate", "topology apply", "audit", "audit --json", "dead list", "dead retry 1", "stock feed reset ber", "order show shop 1",
        "fulfillment list --open", "stock show A", "stock export", "stock report", "geo import /dev/null", "capacity",
        "order held", "order release shop 1", "order reroute shop 1 F1", "location reliability",
        "rules simulate /dev/null",
    ])
    func a_server_that_cannot_be_reached_is_69(command: String) async throws {
        let (status, output) = try await run(command, Self.unreachable)
        #expect(status == 69, "\(output)")
        expectOneSentence(output, command)
    }

    @Test(arguments: [
        "worker nobody", "audit --nonsense", "nonsense", "dead show x", "publish", "network apply /no/such/file", "stock report --days 0",
        "stock export --format xml", "stock show",
    ])
    func wrong_words_are_wrong_use(command: String) async throws {
        let (status, output) = try await run(command, Self.unreachable)
        #expect(status == 2, "\(status) \(output)")
        #expect(!output.isEmpty)
    }

    @Test func a_worker_with_a_taken_setting_says_which() async throws {
        for (name, value) in [("OMS_METRICS_PORT", "many"), ("OMS_LANES", "0"), ("OMS_LOG_LEVEL", "loud"), ("OMS_LOG_FORMAT", "xml")] {
            let (status, output) = try await run("worker intake", Self.unreachable.merging([name: value]) { _, new in new })
            #expect(status == 2, "\(name): \(output)")
            #expect(output.contains(name), "\(output)")
        }
    }

    @Test func help_names_every_command_and_key() async throws {
        let (status, output) = try await run("--help", Self.nothing)
        #expect(status == 0)
        for word in [
            "migrate", "topology", "network", "worker", "publish", "replay", "order", "invoice", "audit", "dead", "OMS_DATABASE_URL",
            "OMS_BROKER_URL", "OMS_SMTP_URL", "69",
        ] {
            #expect(output.contains(word), "\(word)")
        }
    }

    @Test func from_nothing_to_an_accepted_order_with_commands_alone() async throws {
        try await Gate.shared.pass {
            try await withDatabase(.nothing) { database in
                try await withVirtualHost { host in
                    let environment: [String: String?] = [
                        "OMS_DATABASE_URL": database.url, "OMS_DATABASE_OWNER_URL": database.ownerURL, "OMS_BROKER_URL": host.url,
                        "OMS_METRICS_PORT": "0",
                    ]
                    let early = try await run("audit", environment)
                    #expect(early.status != 0 && early.output.contains("oms migrate"), "\(early.output)")
                    // Twice each: they are idempotent.
                    let network = "network apply \(ProjectRoot.path)/ops/examples/network.yaml"
                    for command in ["migrate", "migrate", "topology apply", "topology apply", network, network] {
                        let (status, output) = try await run(command, environment)
                        #expect(status == 0, "\(command): \(output)")
                    }
                    let file = NSTemporaryDirectory() + "oms-\(UUID().uuidString).yaml"
                    defer { try? FileManager.default.removeItem(atPath: file) }
                    try "sellers:\n  - { id: x, nonsense: 1 }\n".write(toFile: file, atomically: true, encoding: .utf8)
                    let bad = try await run("network apply \(file)", environment)
                    #expect(bad.status != 0 && bad.output.contains("2"), "the line is named: \(bad.output)")
                    let sample = "\(ProjectRoot.path)/queues/samples/inbound/order.placed.json"
                    let published = try await run("publish order.placed \(sample)", environment)
                    #expect(published.status == 0, "\(published.output)")
                    let worker = try ChildProcess(try ProjectRoot.oms, ["worker", "intake", "sourcing", "relay"], environment: environment)
                    try await eventually("the order can be shown") {
                        try await run("order show shop-de 100042 --json", environment).status == 0
                    }
                    #expect(try await run("order show shop-de 100042", environment).output.contains("100042"))
                    #expect(try await run("order show shop-de nobody", environment).status == 1)
                    #expect(try await worker.end() == .exited(0))
                    let audit = try await run("audit --json", environment)
                    #expect(audit.status == 0)
                    #expect(try JSON(Array(audit.output.utf8))["violations"] == 0)
                }
            }
        }
    }

    @Test func an_audit_that_finds_something_says_what_and_is_1() async throws {
        try await withShop([]) { shop in
            try await shop.session.write { tx in
                try tx.execute("INSERT INTO stock (sku, location, on_hand, counted) VALUES (1, 1, 5, 4)")
            }
            let (status, output) = try await shop.oms(["audit"])
            #expect(status == 1)
            #expect(output.contains("BROKEN on_hand"))
            let json = try await shop.oms(["audit", "--json"])
            #expect(json.status == 1)
            #expect(json.output.contains(#""violations":1"#))
            try await shop.session.write { tx in try tx.execute("DELETE FROM stock") }
        }
    }
}
