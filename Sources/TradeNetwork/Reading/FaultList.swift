internal import Yams

/// Collects what is wrong while a document is walked. Lives within one call of `NetworkFile.read`.
final class FaultList {
    /// With the parser's places.
    private var faults: [NetworkFault] = []

    var isEmpty: Bool { faults.isEmpty }

    /// In the order of the file, each where an editor has it.
    func sorted(in text: String) -> [NetworkFault] {
        let lines = EditorLines(text)
        return faults.enumerated()
            .sorted { ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset) }
            .map { _, fault in
                let place = lines.place(line: fault.line, column: fault.column)
                return NetworkFault(code: fault.code, line: place.line, column: place.column, path: fault.path, reason: fault.reason)
            }
    }

    func add(_ code: NetworkFault.Code, at node: Node?, _ path: String, _ reason: String) {
        let mark = node?.mark
        faults.append(NetworkFault(code: code, line: mark?.line ?? 1, column: mark?.column ?? 1, path: path, reason: reason))
    }
}
