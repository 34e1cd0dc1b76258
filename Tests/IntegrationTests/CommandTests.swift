import Foundation
import Postgres
import TestSupport
import Testing

/// The program as a person or a script meets it: exit status, one sentence, no stack trace.
@Suite(.timeLimit(.minutes(15)))
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
        "order held", "order release shop 1", "order reroute shop 1 F1", "location reliability", "stock expected", "stock leases",
        "stock feed list", "order why shop 1", "rules shadow", "network check /dev/null",
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

    private static let long = String(repeating: "x", count: 65)

    /// What is wrong is told before a server is asked, in one line, with the command's usage at most.
    @Test(arguments: [
        ("stock show \(long)", "A SKU has 1 to 64 characters; this one has 65."), ("stock show A --days x", "'x' is invalid for '--days"),
        ("stock show A --limit 0", "--limit must be 1 to 10000."), ("stock expected --limit 0", "--limit must be 1 to 100000."),
        ("stock expected --sku \(long)", "A SKU has 1 to 64 characters"), ("stock leases --limit 0", "--limit must be at least 1."),
        ("stock report --service 100", "--service must be 50 or more"), ("stock report --lead-days 0", "--lead-days must be 1 to 3650."),
        ("stock feed reset", "Missing expected argument '<location>'"), ("stock feed list --odd", "Unknown option '--odd'"),
        ("stock odd", "Unexpected argument 'odd'"), ("capacity --days 0", "--days must be 1 to 366."),
        ("rules odd", "Unexpected argument 'odd'"), ("rules shadow --odd", "Unknown option '--odd'"),
        ("order held --limit 0", "--limit must be at least 1."), ("order why shop", "Missing expected argument '<order-id>'"),
        ("order why shop \(long)", "An order's id has 1 to 64 characters"),
        ("order release shop", "Missing expected argument '<order-id>'"),
        ("order release shop 1 --wait 0", "--wait is 1 to 3600 seconds."),
        ("order release shop 1 --request-id \(long)", "A request's id has 1 to 64 characters"),
        ("order reroute shop 1", "Missing expected argument '<fulfillment-id>'"),
        ("order reroute shop 1 1017", "A parcel's id is F and a number"),
        ("order reroute shop 1 F1 --to \(long)", "A location's id has 1 to 64 characters"),
        ("geo import", "Missing expected argument '<file>'"), ("geo import /no/such", "/no/such cannot be read."),
        ("geo import /tmp", "/tmp cannot be read."), ("location reliability --odd", "Unknown option '--odd'"),
        ("network apply /tmp", "/tmp cannot be read."), ("network check", "Missing expected argument '<file>'"),
    ])
    func wrong_input_by_hand_is_told_in_a_line(command: String, words: String) async throws {
        let (status, output) = try await run(command, Self.unreachable)
        #expect(status == 2, "\(status) \(output)")
        #expect(output.split(separator: "\n").first?.contains(words) == true, "\(output)")
        expectOneSentence(output, command)
    }

    /// What is not there is told by its name; nothing of the database's words is.
    @Test func names_that_are_not_there_are_told_in_a_line() async throws {
        try await withShop([]) { shop in
            for (command, status, words) in [
                ("stock show nothing", 1, "No message has named the SKU nothing yet."), ("stock show", 2, "A SKU has 1 to 64 characters"),
                ("stock export --location no", 2, "No location no is in the network."),
                ("stock report --location no", 2, "No location no is in the network."),
                ("stock expected --location no", 2, "No location no is in the network."),
                ("stock feed list --location no", 2, "No location no is in the network."),
                ("stock feed reset no", 2, "No location no is in the network."),
                ("capacity --location no", 2, "No location no is in the network."),
                ("order why no 1", 2, "No channel no is in the network."), ("order why shop no", 1, "shop has no order no."),
                ("order show no 1", 2, "No channel no is in the network."), ("order release no 1", 2, "No channel no is in the network."),
                ("order release shop no", 1, "shop has no order no."), ("order reroute shop no F1", 1, "shop has no order no."),
                ("order reroute shop 1 F1 --to no", 2, "No location no is in the network."),
                ("geo import /dev/null", 1, "/dev/null has no postal codes; nothing was changed."),
                ("network apply /dev/null", 1, "/dev/null is refused, nothing was changed:"),
            ] as [(String, Int32, String)] {
                // An empty argument, where the words speak of one.
                let arguments = command.split(separator: " ").map(String.init) + (command == "stock show" ? [""] : [])
                let result = try await shop.oms(arguments)
                #expect(result.status == status, "\(command): \(result)")
                #expect(result.output.hasPrefix("oms: " + words), "\(command): \(result)")
                #expect(!result.output.contains("SELECT") && !result.output.contains("SQLSTATE"), "\(command): \(result)")
            }
        }
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
