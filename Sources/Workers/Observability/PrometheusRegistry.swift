package import CoreMetrics
internal import Synchronization

/// A swift-metrics backend that keeps everything in memory and writes it in Prometheus' text format, version 0.0.4
/// (prometheus.io/docs/instrumenting/exposition_formats).
///
/// Dots in names become underscores; counters end in `_total`, timers in `_seconds` as histograms.
package final class PrometheusRegistry: MetricsFactory {
    private struct Key: Hashable, Sendable {
        var name: String
        var labels: String
    }

    private struct Tables: Sendable {
        var counters: [Key: CounterCell] = [:]
        var gauges: [Key: GaugeCell] = [:]
        var histograms: [Key: HistogramCell] = [:]
    }

    private let tables = Mutex(Tables())

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let key = Self.key(label, dimensions)
        return tables.withLock { tables in
            if let cell = tables.counters[key] { return cell }
            let cell = CounterCell()
            tables.counters[key] = cell
            return cell
        }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        let key = Self.key(label, dimensions)
        return tables.withLock { tables in
            if let cell = tables.gauges[key] { return cell }
            let cell = GaugeCell()
            tables.gauges[key] = cell
            return cell
        }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let key = Self.key(label, dimensions)
        return tables.withLock { tables in
            if let cell = tables.histograms[key] { return cell }
            let cell = HistogramCell()
            tables.histograms[key] = cell
            return cell
        }
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// Everything as Prometheus reads it.
    package func exposition() -> String {
        let tables = tables.withLock { $0 }
        var text = ""
        write(tables.counters, type: "counter", suffix: "_total", to: &text) { name, labels, cell, text in
            text += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(cell.value)\n"
        }
        write(tables.gauges, type: "gauge", suffix: "", to: &text) { name, labels, cell, text in
            text += "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(cell.value)\n"
        }
        write(tables.histograms, type: "histogram", suffix: "_seconds", to: &text) { name, labels, cell, text in
            cell.write(name: name, labels: labels, to: &text)
        }
        return text
    }

    private func write<Cell>(
        _ cells: [Key: Cell],
        type: String,
        suffix: String,
        to text: inout String,
        line: (String, String, Cell, inout String) -> Void
    ) {
        var previous = ""
        for (key, cell) in cells.sorted(by: { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) }) {
            let name = key.name + suffix
            if name != previous { text += "# TYPE \(name) \(type)\n" }
            previous = name
            line(name, key.labels, cell, &text)
        }
    }

    private static func key(_ label: String, _ dimensions: [(String, String)]) -> Key {
        let name = "oms_" + label.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
        let labels = dimensions.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
        return Key(name: name, labels: labels)
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

private final class CounterCell: CounterHandler {
    private let count = Atomic<Int64>(0)

    var value: Int64 { count.load(ordering: .relaxed) }

    func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { count.store(0, ordering: .relaxed) }
}

private final class GaugeCell: RecorderHandler {
    private let bits = Atomic<UInt64>(0)

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
}

private final class HistogramCell: TimerHandler {
    private struct State {
        var buckets = [Int64](repeating: 0, count: HistogramCell.bounds.count)
        var count: Int64 = 0
        var sum: Double = 0
    }

    /// Upper bounds in seconds: from the fastest batch to one that waited for a server.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let state = Mutex(State())

    func recordNanoseconds(_ duration: Int64) {
        let seconds = Double(duration) / 1e9
        state.withLock { state in
            state.count += 1
            state.sum += seconds
            if let index = Self.bounds.firstIndex(where: { seconds <= $0 }) { state.buckets[index] += 1 }
        }
    }

    func write(name: String, labels: String, to text: inout String) {
        let state = state.withLock { $0 }
        let prefix = labels.isEmpty ? "" : labels + ","
        var running: Int64 = 0
        for (bound, count) in zip(Self.bounds, state.buckets) {
            running += count
            text += "\(name)_bucket{\(prefix)le=\"\(bound)\"} \(running)\n"
        }
        text += "\(name)_bucket{\(prefix)le=\"+Inf\"} \(state.count)\n"
        text += "\(name)_sum\(labels.isEmpty ? "" : "{\(labels)}") \(state.sum)\n"
        text += "\(name)_count\(labels.isEmpty ? "" : "{\(labels)}") \(state.count)\n"
    }
}
