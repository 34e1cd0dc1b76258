internal import Foundation

/// The servers of the stack, as processes.
struct ServerProcesses: Sendable {
    var database: Int32
    var broker: Int32

    /// - Returns: `nil` where `OMS_STACK_DIR` names no running stack of this machine.
    init?(stackFolder: String?) {
        guard let folder = stackFolder, let database = Self.pid("\(folder)/run/postgres.pid"),
            let broker = Self.pid("\(folder)/run/rabbitmq.pid")
        else { return nil }
        (self.database, self.broker) = (database, broker)
    }

    private static func pid(_ path: String) -> Int32? {
        (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: " ").first.flatMap { Int32($0) }
    }

    /// Lets the servers run on these cores only, and with every thread they have.
    func pin(_ plan: CorePlan) {
        let table = ProcessTable.read()
        for (root, cores) in [(database, plan.database), (broker, plan.broker)] {
            for entry in table.tree(of: root) { Taskset.pin(entry.pid, to: cores) }
        }
        Taskset.pin(ProcessInfo.processInfo.processIdentifier, to: plan.generator)
    }

    /// Everybody may run everywhere again.
    func unpin(cores: Int) {
        let table = ProcessTable.read()
        for root in [database, broker] {
            for entry in table.tree(of: root) { Taskset.pin(entry.pid, to: 0..<cores) }
        }
        Taskset.pin(ProcessInfo.processInfo.processIdentifier, to: 0..<cores)
    }
}

/// util-linux's `taskset`.
enum Taskset {
    static let path = "/usr/bin/taskset"
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// A process that has ended meanwhile is no fault.
    static func pin(_ pid: Int32, to cores: Range<Int>) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-acp", CorePlan.list(cores), String(pid)]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return }
        process.waitUntilExit()
    }
}
