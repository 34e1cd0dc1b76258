import Glibc
import TestSupport

extension Shop {
    /// Starts the real program as a worker.
    func child(_ roles: [String] = [], _ more: [String: String?] = [:]) throws -> ChildProcess {
        try ChildProcess(try ProjectRoot.oms, ["worker"] + roles, environment: environment.merging(more) { _, new in new })
    }

    /// Runs a command of the real program to its end.
    func oms(_ arguments: [String], _ more: [String: String?] = [:]) async throws -> (status: Int32, output: String) {
        try await ChildProcess.run(try ProjectRoot.oms, arguments, environment: environment.merging(more) { _, new in new })
    }
}

extension ChildProcess {
    /// Asks it to end, and waits until it has.
    func end() async throws -> Ending {
        send(SIGTERM)
        return try await wait(within: .seconds(240))
    }
}
