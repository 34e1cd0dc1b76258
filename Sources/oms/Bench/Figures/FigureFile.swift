internal import Foundation
internal import Messages

/// A run of the benchmark in a file: where and when it was measured, and every run of every figure.
///
/// `{"machine":{…},"measuredAt":…,"mode":"full","figures":{NAME:{"unit":…,"median":…,"min":…,"max":…,"runs":[…]}}}`
struct FigureFile: Sendable, Equatable {
    enum Mode: String, Sendable, Codable {
        case full, quick
    }

    var machine: Machine
    /// RFC 3339.
    var measuredAt: String
    var mode: Mode
    var figures: Figures

    init(machine: Machine, measuredAt: String, mode: Mode, figures: Figures) {
        self.machine = machine
        self.measuredAt = measuredAt
        self.mode = mode
        self.figures = figures
    }

    /// - Throws: a sentence that says what is wrong with the file.
    init(json: [UInt8], name: String) throws {
        let contents: Contents
        do {
            contents = try JSONDecoder().decode(Contents.self, from: Data(json))
        } catch {
            throw CommandFailure.wrongUse("\(name) is no file of figures that ops/bench --json wrote.")
        }
        machine = contents.machine
        measuredAt = contents.measuredAt
        mode = contents.mode
        figures = Figures()
        for (name, figure) in contents.figures {
            for run in figure.runs { figures.add(name, run, unit: figure.unit) }
        }
    }

    static func read(_ path: String) throws -> FigureFile {
        try FigureFile(json: try InputFile.bytes(path, limit: 4 << 20), name: Terminal.safe(path))
    }

    private struct Contents: Decodable {
        struct Figure: Decodable {
            var unit: String
            var runs: [Double]
        }

        var machine: Machine
        var measuredAt: String
        var mode: Mode
        var figures: [String: Figure]
    }

    /// A line for each figure, so that two files can be compared by eye too.
    var json: [UInt8] {
        var text = #"{"machine":\#(object { machine.write(to: &$0) }),"# + "\n"
        text += #""measuredAt":\#(object { $0.string(measuredAt) }),"mode":"\#(mode.rawValue)","figures":{"# + "\n"
        text += figures.kinds.map { kind in
            let runs = figures.runs[kind.name] ?? []
            let name = object { $0.string(kind.name) }
            let figure = object { json in
                json.beginObject()
                json.member("unit", kind.unit)
                for (key, value) in [("median", Statistics.median(runs)), ("min", runs.min() ?? 0), ("max", runs.max() ?? 0)] {
                    json.key(any: key)
                    json.double(Self.rounded(value))
                }
                json.list("runs", runs) { $0.double(Self.rounded($1)) }
                json.endObject()
            }
            return "\(name):\(figure)"
        }.joined(separator: ",\n")
        return Array((text + "\n}}\n").utf8)
    }

    private func object(_ write: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        write(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// More digits than a measurement has say nothing.
    private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
