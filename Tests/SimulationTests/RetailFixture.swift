import Foundation
import Simulation

/// A small file in the real one's layout, removed when the test is over.
struct RetailFixture: ~Copyable {
    let path: String

    init(_ content: String, header: String = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n") throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "retail-\(UUID().uuidString).csv")
        try Data((header + content).utf8).write(to: url)
        path = url.path(percentEncoded: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// All steps, and the counts after them.
    func replayed(limit: Int? = nil) throws -> (steps: [ReplayStep], counts: ReplayCounts) {
        var replay = try RetailReplay(path: path, limit: limit)
        var steps: [ReplayStep] = []
        while let step = try replay.next() { steps.append(step) }
        return (steps, replay.counts)
    }
}

extension [ReplayStep] {
    /// The messages of a type that tell of rows of the file.
    func told(_ type: String) -> [ScriptMessage] {
        compactMap { step in
            if case .publish(let message) = step, message.type == type, message.rows > 0 { message } else { nil }
        }
    }
}
