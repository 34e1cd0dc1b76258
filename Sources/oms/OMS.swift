internal import ArgumentParser
internal import Foundation
internal import Postgres
internal import RabbitMQ

/// The program: one subcommand per job, each a few lines over the modules below.
struct OMS: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "oms",
        abstract: "Order management, driven by message queues.",
        discussion: """
            Configuration, from the environment or the file that OMS_CONFIG names:
              OMS_DATABASE_URL        postgresql://…, the workers' role
              OMS_DATABASE_OWNER_URL  the tables' owner, for `oms migrate`; default: same
              OMS_BROKER_URL          amqp://… or amqps://…, several separated by commas
              OMS_SMTP_URL            smtp://… or smtps://…, for the role mailing
              OMS_LOG_FORMAT          human or json; default: human on a terminal
              OMS_LOG_LEVEL           debug, info, warning or error; default: info
              OMS_METRICS_HOST        default 127.0.0.1
              OMS_METRICS_PORT        default 9464; 0 takes any free port
              OMS_TEMPLATES           folder of mail templates that replace built-in ones
              OMS_LANES               batches of one role worked on at a time; default 1
              OMS_MAIL_CONNECTIONS    connections to the mail server; default 2
              OMS_DEMO_OUTPUT         folder for the document that `oms demo` shows
              OMS_SMTP_SPOOL          folder of the mail catcher, where `oms demo` finds its mail
              OMS_STACK_DIR           folder of the private stack; workers that tools start log there

            Exit status: 0 done, 1 fault found, 2 wrong use, 69 a server is unreachable.

            Example, from nothing to a running system:
              oms migrate && oms topology apply
              oms network apply network.yaml && oms worker
            """,
        version: "0.1.0",
        subcommands: [
            MigrateCommand.self, TopologyCommand.self, NetworkCommand.self, WorkerCommand.self, PublishCommand.self, OrderCommand.self,
            FulfillmentCommand.self, StockCommand.self, InvoiceCommand.self, DeadCommand.self, AuditCommand.self, ReplayCommand.self,
            CapacityCommand.self, TemplatesCommand.self, DemoCommand.self, BenchCommand.self, ChaosCommand.self, GeoCommand.self,
            LocationCommand.self,
            RulesCommand.self,
        ]
    )
}

@main
enum Main {
    static func main() async {
        var status: Int32 = 0
        do {
            var command = try OMS.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            status = report(error)
        }
        end(status)
    }

    /// Ends the process without exit(3)'s farewells: there libraries free what they hold, while sessions' threads are still ending. Under load a
    /// command was once seen to die so, its work done and told ("malloc_consolidate(): unaligned fastbin chunk detected"); which library it was is not
    /// known. Nothing is left undone: what we print is not buffered, and servers see closed connections.
    private static func end(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }

    /// One clear sentence for a person, and the exit status for a script.
    private static func report(_ error: any Error) -> Int32 {
        switch error {
        case let failure as CommandFailure:
            if !failure.description.isEmpty { Terminal.complain("oms: \(failure.description)") }
            return failure.status.rawValue
        case let error as PostgresError:
            Terminal.complain("oms: \(sentence(error))")
            if error.kind == .configuration { return CommandFailure.Status.wrongUse.rawValue }
            return (error.isOutage ? CommandFailure.Status.unreachable : .fault).rawValue
        case let error as BrokerError:
            Terminal.complain("oms: \(error)")
            if case .badURL = error { return CommandFailure.Status.wrongUse.rawValue }
            return (error.isOfServer ? CommandFailure.Status.unreachable : .fault).rawValue
        default:
            let status = OMS.exitCode(for: error)
            guard status != .failure else {
                Terminal.complain("oms: \(error)")
                return CommandFailure.Status.fault.rawValue
            }
            let message = OMS.fullMessage(for: error)
            if status == .success { Terminal.print(message) } else { Terminal.complain(message) }
            return status == .success ? 0 : CommandFailure.Status.wrongUse.rawValue
        }
    }

    private static func sentence(_ error: PostgresError) -> String {
        error.sqlState == .undefinedTable ? "The database has no tables yet: run `oms migrate` first." : "\(error)"
    }
}

extension BrokerError {
    fileprivate var isOfServer: Bool {
        switch self {
        case .unreachable, .authentication, .untrusted, .accessRefused, .lostConnection, .blocked: true
        default: false
        }
    }
}
