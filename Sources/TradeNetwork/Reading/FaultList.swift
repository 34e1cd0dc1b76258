internal import Yams

/// Collects what is wrong while a document is walked. Lives within one call of `NetworkFile.read`.
final class FaultList {
    private var faults: [NetworkFault] = []

    var isEmpty: Bool { faults.isEmpty }

    /// In the order of the file.
    var sorted: [NetworkFault] {
        faults.enumerated()
            .sorted { ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset) }
            .map(\.element)
    }

    func add(_ code: NetworkFault.Code, at node: Node?, _ path: String, _ reason: String) {
        let mark = node?.mark
        faults.append(NetworkFault(code: code, line: mark?.line ?? 1, column: mark?.column ?? 1, path: path, reason: reason))
    }
}
