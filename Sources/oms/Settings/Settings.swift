internal import Configuration
internal import SystemPackage

/// What the environment, or a file in its form, tells the process.
///
/// ## Configuration keys:
/// - `OMS_DATABASE_URL` (secret): libpq URL of the workers' role; several hosts allowed.
/// - `OMS_DATABASE_OWNER_URL` (secret): URL of the role that owns the tables, for `oms migrate`; default: the one above.
/// - `OMS_BROKER_URL` (secret): `amqp://` or `amqps://`, several separated by commas.
/// - `OMS_SMTP_URL` (secret): `smtp://` or `smtps://`, for the role `mailing`.
/// - `OMS_CONFIG`: a file of `NAME=value` lines; the environment wins over it.
/// - `OMS_LOG_FORMAT`: `human` (default on a terminal) or `json`. `OMS_LOG_LEVEL`: `debug`, `info` (default), `warning`, `error`.
/// - `OMS_METRICS_PORT`: for `/health/live`, `/health/ready`, `/metrics`; default 9464, 0 takes any free one.
/// - `OMS_METRICS_HOST`: default `127.0.0.1`.
/// - `OMS_TEMPLATES`: folder of mail templates that replace the built-in ones, file by file.
/// - `OMS_LANES`: how many batches of one role a process works on at a time; default 1.
/// - `OMS_MAIL_CONNECTIONS`: connections to the mail server; default 2.
/// - `OMS_STACK_DIR`: the private stack's folder; workers that tools start log there.
/// - `OMS_SMTP_SPOOL`: where the stack's mail catcher puts mails, for `oms demo`.
/// - `OMS_DEMO_OUTPUT`: where `oms demo` puts documents.
struct Settings: Sendable {
    private let reader: ConfigReader

    static func load() async throws -> Settings {
        let environment = EnvironmentVariablesProvider()
        var providers: [any ConfigProvider] = [environment]
        if let path = ConfigReader(provider: environment).string(forKey: "oms.config"), !path.isEmpty {
            do {
                providers.append(try await EnvironmentVariablesProvider(environmentFilePath: FilePath(path)))
            } catch {
                throw CommandFailure.wrongUse("OMS_CONFIG: the file \(path) cannot be read.")
            }
        }
        return Settings(reader: ConfigReader(providers: providers))
    }

    var databaseURL: String { get throws { try required("oms.database.url", "OMS_DATABASE_URL") } }
    var ownerURL: String { get throws { try optional("oms.database.owner.url") ?? databaseURL } }
    var brokerURL: String { get throws { try required("oms.broker.url", "OMS_BROKER_URL") } }
    var smtpURL: String { get throws { try required("oms.smtp.url", "OMS_SMTP_URL") } }
    var templates: String? { get throws { try optional("oms.templates") } }
    var logFormat: String? { get throws { try optional("oms.log.format") } }
    var logLevel: String { get throws { try optional("oms.log.level") ?? "info" } }
    var metricsHost: String { get throws { try optional("oms.metrics.host") ?? "127.0.0.1" } }
    var metricsPort: Int { get throws { try number("oms.metrics.port", "OMS_METRICS_PORT", 0...65_535) ?? 9_464 } }
    var lanes: Int { get throws { try number("oms.lanes", "OMS_LANES", 1...64) ?? 1 } }
    var mailConnections: Int { get throws { try number("oms.mail.connections", "OMS_MAIL_CONNECTIONS", 1...32) ?? 2 } }
    var spool: String? { get throws { try optional("oms.smtp.spool") } }
    var stackFolder: String? { get throws { try optional("oms.stack.dir") } }
    var demoOutput: String? { get throws { try optional("oms.demo.output") } }

    private func required(_ key: String, _ name: String) throws -> String {
        guard let value = try optional(key) else {
            throw CommandFailure.wrongUse("\(name) is not set. `oms --help` names every key.")
        }
        return value
    }

    private func optional(_ key: String) throws -> String? {
        guard let value = reader.string(forKey: ConfigKey(key), isSecret: true), !value.isEmpty else { return nil }
        return value
    }

    private func number(_ key: String, _ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = try optional(key) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw CommandFailure.wrongUse("\(name) must be a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }
}
