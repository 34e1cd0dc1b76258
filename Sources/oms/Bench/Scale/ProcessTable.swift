internal import Foundation

/// Processes as /proc shows them: who started whom, and how much processor time each has had.
struct ProcessTable: Sendable {
    struct Entry: Sendable, Equatable {
        var pid: Int32
        var parent: Int32
        /// Clock ticks of its own, user and system.
        var own: Int64
        /// Clock ticks of children that have ended.
        var ended: Int64

        /// Reads the line of /proc/PID/stat.
        init?(stat: String) {
            // The name, in parentheses, may hold anything.
            guard let open = stat.firstIndex(of: "("), let close = stat.lastIndex(of: ")"),
                let pid = Int32(stat[..<open].trimmingCharacters(in: .whitespaces))
            else { return nil }
            let fields = stat[stat.index(after: close)...].split(separator: " ")
            guard fields.count > 14, let parent = Int32(fields[1]) else { return nil }
            let ticks = fields[11...14].compactMap { Int64($0) }
            guard ticks.count == 4 else { return nil }
            (self.pid, self.parent) = (pid, parent)
            (own, ended) = (ticks[0] + ticks[1], ticks[2] + ticks[3])
        }
    }

    var entries: [Entry]

    init(_ entries: [Entry]) { self.entries = entries }

    static func read() -> ProcessTable {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return ProcessTable(
            names.filter { Int32($0) != nil }.compactMap { name in
                (try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8)).flatMap(Entry.init)
            }
        )
    }

    /// A process and all below it.
    func tree(of root: Int32) -> [Entry] {
        let children = Dictionary(grouping: entries, by: \.parent)
        var (found, next) = (entries.filter { $0.pid == root }, [root])
        while let pid = next.popLast() {
            for child in children[pid] ?? [] where child.pid != root {
                found.append(child)
                next.append(child.pid)
            }
        }
        return found
    }

    /// Ticks of a process, of all below it, and of those that have ended.
    func ticks(below root: Int32) -> Int64 { tree(of: root).reduce(0) { $0 + $1.own + $1.ended } }
}
