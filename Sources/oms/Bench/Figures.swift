internal import Messages

/// What was measured: every round of every figure.
struct Figures: Sendable {
    struct Figure: Sendable {
        var name: String
        /// For a person: `orders/s from order.placed to order.sourced`.
        var meaning: String
        var rounds: [Double]

        var median: Double {
            let sorted = rounds.sorted()
            guard !sorted.isEmpty else { return 0 }
            return sorted.count.isMultiple(of: 2)
                ? (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2 : sorted[sorted.count / 2]
        }
    }

    private(set) var all: [Figure] = []

    mutating func add(_ name: String, _ meaning: String, _ value: Double) {
        if let index = all.firstIndex(where: { $0.name == name }) {
            all[index].rounds.append(value)
        } else {
            all.append(Figure(name: name, meaning: meaning, rounds: [value]))
        }
    }

    subscript(name: String) -> Double? { all.first { $0.name == name }?.median }

    var table: [String] {
        let width = (all.map(\.name.count).max() ?? 0) + 2
        return all.map { figure in
            let spread =
                figure.rounds.count > 1 ? "  (\(Self.text(figure.rounds.min() ?? 0)) to \(Self.text(figure.rounds.max() ?? 0)))" : ""
            return "\(figure.name.padded(width))\(Self.text(figure.median).leftPadded(10))  \(figure.meaning)\(spread)"
        }
    }

    /// `{"machine":{…},"figures":{NAME:{"median":…,"min":…,"max":…}}}`
    func json(machine: Machine) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("machine")
        machine.write(to: &json)
        json.key("figures")
        json.beginObject()
        for figure in all {
            json.key(any: figure.name)
            json.beginObject()
            json.key("median")
            json.double(figure.median)
            json.key("min")
            json.double(figure.rounds.min() ?? 0)
            json.key("max")
            json.double(figure.rounds.max() ?? 0)
            json.endObject()
        }
        json.endObject()
        json.endObject()
        return json.bytes
    }

    private static func text(_ value: Double) -> String {
        value >= 100 ? Int64(value.rounded()).grouped : String((value * 100).rounded() / 100)
    }
}
