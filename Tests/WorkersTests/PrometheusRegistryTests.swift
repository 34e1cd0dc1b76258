import CoreMetrics
import Testing
import Workers

@Suite struct PrometheusRegistryTests {
    @Test func counters_gauges_and_timers_are_written_as_prometheus_reads_them() throws {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "worker.messages", dimensions: [("role", "intake"), ("outcome", "done")]).increment(by: 3)
        registry.makeCounter(label: "worker.messages", dimensions: [("role", "intake"), ("outcome", "done")]).increment(by: 2)
        registry.makeRecorder(label: "outbox.oldest.age.seconds", dimensions: [], aggregate: false).record(1.5)
        let timer = registry.makeTimer(label: "worker.batch", dimensions: [("queue", "a\"b\\c\n")])
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(700_000_000)
        timer.recordNanoseconds(60_000_000_000)
        let lines = registry.exposition().split(separator: "\n").map(String.init)
        #expect(lines.contains("# TYPE oms_worker_messages_total counter"))
        #expect(lines.contains(#"oms_worker_messages_total{role="intake",outcome="done"} 5"#))
        #expect(lines.contains("oms_outbox_oldest_age_seconds 1.5"))
        #expect(lines.contains("# TYPE oms_worker_batch_seconds histogram"))
        let label = #"queue="a\"b\\c\n""#
        #expect(lines.contains("oms_worker_batch_seconds_bucket{\(label),le=\"0.001\"} 0"))
        #expect(lines.contains("oms_worker_batch_seconds_bucket{\(label),le=\"0.0025\"} 1"))
        #expect(lines.contains("oms_worker_batch_seconds_bucket{\(label),le=\"1.0\"} 2"))
        #expect(lines.contains("oms_worker_batch_seconds_bucket{\(label),le=\"+Inf\"} 3"))
        #expect(lines.contains("oms_worker_batch_seconds_count{\(label)} 3"))
    }
}
