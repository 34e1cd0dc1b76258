/// A virtual host of the broker that belongs to one test.
package struct TestVirtualHost: Sendable {
    package let name: String
    /// The broker's URL with this virtual host in it, as the product's user.
    package let url: String
    package let management: ManagementAPI
}

/// Runs `body` with a new, empty virtual host, which is deleted afterwards with everything in it.
package func withVirtualHost<Result>(_ body: (TestVirtualHost) async throws -> Result) async throws -> Result {
    let servers = try TestServers.require()
    let management = try ManagementAPI(url: servers.managementURL)
    let name = uniqueName("oms-test")
    let host = TestVirtualHost(name: name, url: try replacingPath(of: servers.brokerURL, with: name), management: management)
    try await management.request("PUT", "vhosts/\(name)")
    return try await cleaningUp {
        let everything = #"{"configure":".*","write":".*","read":".*"}"#
        for user in ["oms", "oms-admin"] {
            try await management.request("PUT", "permissions/\(name)/\(user)", body: everything)
        }
        return try await body(host)
    } finally: {
        try await management.request("DELETE", "vhosts/\(name)")
    }
}

/// Runs `body`, then `cleanUp` whatever came of it, in a task of its own so that it happens after a cancellation too.
func cleaningUp<Result>(
    _ body: () async throws -> Result,
    finally cleanUp: @escaping @Sendable () async throws -> Void
) async throws -> Result {
    let result: Result
    do {
        result = try await body()
    } catch {
        // The test's own failure is the one to tell.
        _ = await Task { try await cleanUp() }.result
        throw error
    }
    try await Task { try await cleanUp() }.value
    return result
}
