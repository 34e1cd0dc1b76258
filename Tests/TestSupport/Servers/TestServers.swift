internal import Foundation

/// The servers the tests run against, as `ops/stack env` exports them.
package struct TestServers: Sendable {
    /// PostgreSQL as the workers' role, which may read and write rows.
    package let databaseURL: String
    /// PostgreSQL as the owner's role, which migrates and creates databases.
    package let ownerURL: String
    package let brokerURL: String
    /// The broker's HTTP interface, with an administrator's name and password in it.
    package let managementURL: String
    package let smtpURL: String
    /// The folder the mail catcher writes into.
    package let spool: String

    package init(databaseURL: String, ownerURL: String, brokerURL: String, managementURL: String, smtpURL: String, spool: String) {
        self.databaseURL = databaseURL
        self.ownerURL = ownerURL
        self.brokerURL = brokerURL
        self.managementURL = managementURL
        self.smtpURL = smtpURL
        self.spool = spool
    }

    /// Whether there are several brokers, of which one may be away.
    package var isCluster: Bool { brokerURL.contains(",") }

    /// Reads them from the environment.
    ///
    /// - Throws: `TestSupportError` where one is missing: a test that is skipped in silence would pass for a success.
    package static func require() throws -> TestServers {
        TestServers(
            databaseURL: try variable("OMS_DATABASE_URL"),
            ownerURL: try variable("OMS_DATABASE_OWNER_URL"),
            brokerURL: try variable("OMS_BROKER_URL"),
            managementURL: try variable("OMS_BROKER_MANAGEMENT_URL"),
            smtpURL: try variable("OMS_SMTP_URL"),
            spool: try variable("OMS_SMTP_SPOOL")
        )
    }

    static func variable(_ name: String) throws -> String {
        guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
            throw TestSupportError("\(name) is not set: run ops/stack up, then eval \"$(ops/stack env)\"; or use ops/test")
        }
        return value
    }
}

/// The same URL with another path: another database, or another virtual host.
func replacingPath(of url: String, with path: String) throws -> String {
    guard let scheme = url.range(of: "://") else { throw TestSupportError("a server's URL has no scheme") }
    let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
    let query = url[authority.endIndex...].drop { $0 != "?" }
    return "\(url[..<scheme.upperBound])\(authority)/\(path)\(query)"
}

/// A name no other test of any run has.
func uniqueName(_ prefix: String) -> String {
    "\(prefix)_\(ProcessInfo.processInfo.processIdentifier)_\(String(UInt64.random(in: 0 ... .max), radix: 36))"
}
