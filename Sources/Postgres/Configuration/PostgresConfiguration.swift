internal import CPostgres

/// How to reach a PostgreSQL server, and how long to wait for it.
package struct PostgresConfiguration: Sendable, CustomStringConvertible {
    /// Shown in `pg_stat_activity`, unless the URL names one.
    package var applicationName = "oms"

    /// For one host; libpq waits at least two seconds, and counts whole ones.
    package var connectTimeout: Duration = .seconds(5)

    /// The server cancels a statement that runs longer (57014). Zero: never.
    package var statementTimeout: Duration = .seconds(30)

    /// The server cancels a statement that waits longer for a lock (55P03). Zero: never.
    package var lockTimeout: Duration = .seconds(10)

    /// The server ends a session that sits in an open transaction for longer. Zero: never.
    package var idleInTransactionTimeout: Duration = .seconds(30)

    /// Whether a plan may read a table from end to end where an index would do as well.
    ///
    /// A plan made while a table is empty reads it whole, and a prepared statement keeps its plan while the table grows. Whoever only ever
    /// wants a few rows by their keys says no; reports say yes.
    package var readsTablesWhole = true

    /// The kernel gives the connection up when sent data stays unacknowledged for longer.
    package var tcpUserTimeout: Duration = .seconds(15)

    /// A connection older than this is replaced when it is next used, which bounds the memory of its server process.
    package var maximumAge: Duration = .seconds(1800)

    /// Connects only to a server that takes writes, and waits for one where the others are standbys. Where the URL names several hosts,
    /// this holds anyway: which of them is the primary may change at any time. The URL's `target_session_attrs` wins.
    package var needsPrimary = false

    /// What the URL says, by libpq's keywords.
    private var options: [String: String]

    /// Reads `postgresql://user:password@host:port,host2:port2/database?parameters`.
    ///
    /// All parameters of libpq are understood (`target_session_attrs`, `sslmode` …); what the URL says wins over the properties here.
    package init(url: String) throws(PostgresError) {
        guard url.hasPrefix("postgresql://") || url.hasPrefix("postgres://") else {
            throw PostgresError(.configuration, "a PostgreSQL URL begins with postgresql://")
        }
        guard !url.containsNUL else { throw PostgresError(.configuration, "the PostgreSQL URL contains NUL") }
        options = try Self.parse(url)
        for port in (options["port"] ?? "").split(separator: ",") {
            guard let number = UInt16(port), number > 0 else {
                throw PostgresError(.configuration, "a port in the PostgreSQL URL is not a number from 1 to 65535")
            }
        }
    }

    /// The database's name; nil stands for libpq's default, the user's name.
    package var database: String? {
        get { options["dbname"] }
        set { options["dbname"] = newValue }
    }

    /// Host, port and database, without user and password.
    package var description: String {
        let hosts = (options["host"] ?? options["hostaddr"] ?? "localhost").split(separator: ",", omittingEmptySubsequences: false)
        let ports = (options["port"] ?? "5432").split(separator: ",", omittingEmptySubsequences: false)
        let servers = hosts.indices.map { "\(hosts[$0]):\(ports[$0 < ports.count ? $0 : 0])" }
        return "postgresql://\(servers.joined(separator: ","))/\(database ?? "")"
    }

    /// Keywords and values for `PQconnectdbParams`.
    var connectionParameters: [(keyword: String, value: String)] {
        var all = options
        func add(_ keyword: String, _ value: String) { if all[keyword] == nil { all[keyword] = value } }
        add("application_name", applicationName)
        add("connect_timeout", String(max(2, (connectTimeout.milliseconds + 999) / 1000)))
        add("tcp_user_timeout", String(tcpUserTimeout.milliseconds))
        // An idle connection whose peer is gone without a word is noticed after 10 + 3 · 5 seconds.
        add("keepalives_idle", "10")
        add("keepalives_interval", "5")
        add("keepalives_count", "3")
        let namesSeveral = ["host", "hostaddr"].contains { all[$0]?.contains(",") == true }
        if needsPrimary || namesSeveral { add("target_session_attrs", "read-write") }
        all["client_encoding"] = "UTF8"
        var settings = [
            ("TimeZone", "UTC"),
            ("statement_timeout", String(statementTimeout.milliseconds)),
            ("lock_timeout", String(lockTimeout.milliseconds)),
            ("idle_in_transaction_session_timeout", String(idleInTransactionTimeout.milliseconds)),
        ]
        if !readsTablesWhole { settings.append(("enable_seqscan", "off")) }
        // The server takes the last of two equal settings, so that the URL's own options come last.
        let ours = settings.map { "-c \($0.0)=\($0.1)" }.joined(separator: " ")
        all["options"] = all["options"].map { "\(ours) \($0)" } ?? ours
        return all.map { ($0.key, $0.value) }
    }

    private static func parse(_ url: String) throws(PostgresError) -> [String: String] {
        var reason: UnsafeMutablePointer<CChar>?
        guard let parsed = PQconninfoParse(url, &reason) else {
            defer { PQfreemem(reason) }
            // libpq quotes the offending part after the first quotation mark, which may be the password.
            let why = firstLine(reason).prefix { $0 != "\"" && $0 != ":" }
            throw PostgresError(.configuration, "the PostgreSQL URL cannot be read: \(why)")
        }
        defer { PQconninfoFree(parsed) }
        var options: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return options
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
