internal import Foundation

/// Servers that belong to one test, for tests in which a server dies: the shared ones have other tests' work on them.
package struct PrivateStack: Sendable {
    /// A server of the stack. Those with a number are of a cluster.
    package enum Server: String, Sendable, CaseIterable {
        case postgres, postgres2, rabbitmq, rabbitmq2, rabbitmq3, catcher
    }

    package let servers: TestServers
    private let folder: String

    private init(folder: String, servers: TestServers) {
        self.folder = folder
        self.servers = servers
    }

    /// Runs `body` with a stack of its own, and deletes it afterwards. Starting it takes about ten seconds, a cluster thirty.
    ///
    /// - Parameter isCluster: three brokers, a primary and a synchronous standby.
    package static func run<Result>(isCluster: Bool = false, _ body: (PrivateStack) async throws -> Result) async throws -> Result {
        // Below the stack of the run, where ops/test finds what a run that was cut short left behind.
        let parent = ProcessInfo.processInfo.environment["OMS_STACK_DIR"] ?? ProjectRoot.path + "/.stack"
        let folder = parent + "/" + uniqueName("private")
        return try await cleaningUp {
            try await stack(folder, isCluster ? ["up", "--cluster"] : ["up"])
            return try await body(PrivateStack(folder: folder, servers: try await settings(folder)))
        } finally: {
            try await stack(folder, ["destroy"])
        }
    }

    /// Ends a server as a crash would; it stays down until ``start()``.
    package func kill(_ server: Server) async throws { try await Self.stack(folder, ["kill", server.rawValue]) }

    /// Starts what is down, and waits until it is ready.
    package func start() async throws { try await Self.stack(folder, ["up"]) }

    /// Restarts a server and waits until it is ready: in an orderly way, or as after a crash.
    package func restart(_ server: Server, immediately: Bool = false) async throws {
        try await Self.stack(folder, ["restart", server.rawValue] + (immediately ? ["--immediate"] : []))
    }

    /// Stops a server in its tracks: its connections stay open and nothing answers.
    package func pause(_ server: Server) async throws { try await Self.stack(folder, ["pause", server.rawValue]) }

    /// Lets a paused server go on.
    package func resume(_ server: Server) async throws { try await Self.stack(folder, ["resume", server.rawValue]) }

    /// The broker that leads a quorum queue.
    package func leader(of queue: String) async throws -> Server { try await server("leader", queue) }

    /// The database server that takes writes.
    package func primary() async throws -> Server { try await server("primary") }

    /// The standby takes over; the primary is ended, if it still runs.
    ///
    /// - Throws: `TestSupportError` where the standby may lack commits.
    package func promote() async throws { try await Self.stack(folder, ["promote"]) }

    /// The primary's commits wait for its standby no longer, until ``start()``.
    package func goOnAlone() async throws { try await Self.stack(folder, ["alone"]) }

    private func server(_ question: String...) async throws -> Server {
        let answer = try await Self.stack(folder, question)
        guard let server = answer.split(separator: "\n").last.flatMap({ Server(rawValue: String($0)) }) else {
            throw TestSupportError("ops/stack \(question.joined(separator: " ")) names no server: \(answer.suffix(2000))")
        }
        return server
    }

    @discardableResult
    private static func stack(_ folder: String, _ arguments: [String]) async throws -> String {
        let (status, output) = try await ChildProcess.run(
            ProjectRoot.path + "/ops/stack",
            arguments,
            environment: ["OMS_STACK_DIR": folder],
            within: .seconds(240)
        )
        guard status == 0 else { throw TestSupportError("ops/stack \(arguments.joined(separator: " ")): \(output.suffix(2000))") }
        return output
    }

    private static func settings(_ folder: String) async throws -> TestServers {
        var values: [String: String] = [:]
        for line in try await stack(folder, ["env"]).split(separator: "\n") where line.hasPrefix("export ") {
            let parts = line.dropFirst(7).split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            values[String(parts[0])] = String(parts[1].dropFirst().dropLast())
        }
        func value(_ name: String) throws -> String {
            guard let value = values[name] else { throw TestSupportError("ops/stack env does not print \(name)") }
            return value
        }
        return TestServers(
            databaseURL: try value("OMS_DATABASE_URL"),
            ownerURL: try value("OMS_DATABASE_OWNER_URL"),
            brokerURL: try value("OMS_BROKER_URL"),
            managementURL: try value("OMS_BROKER_MANAGEMENT_URL"),
            smtpURL: try value("OMS_SMTP_URL"),
            spool: try value("OMS_SMTP_SPOOL")
        )
    }
}
