import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct PoolTests {
    private func makePool(_ size: Int) throws -> PostgresPool { PostgresPool(try serverConfiguration(), size: size, logger: quiet) }

    @Test func opens_no_more_sessions_than_its_size() async throws {
        let pool = try makePool(3)
        let running = Counter()
        let peak = Counter()
        let processes = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<60 {
                group.addTask {
                    try await pool.read { tx in
                        if running.add() > 3 { peak.add() }
                        defer { running.remove() }
                        return try tx.query("SELECT pg_backend_pid()").only().int4(0)
                    }
                }
            }
            return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
        }
        #expect(processes.count <= 3)
        #expect(peak.count == 0)
        #expect(pool.usage == .init(free: processes.count, leased: 0, waiting: 0))
        await pool.close()
    }

    /// Holds the pool's only session until told to let go.
    private func occupy(_ pool: PostgresPool, until released: Signal) async throws -> Task<Void, any Error> {
        let isHeld = Signal()
        let task = Task {
            try await pool.write { tx in
                isHeld.fire()
                #expect(released.waitBlocking())
            }
        }
        try await isHeld.wait()
        return task
    }

    @Test func serves_in_the_order_of_arrival() async throws {
        let pool = try makePool(1)
        let released = Signal()
        let holder = try await occupy(pool, until: released)
        let order = Journal()
        try await withThrowingTaskGroup { group in
            for number in 0..<10 {
                group.addTask { try await pool.write { _ in order.append(number) } }
                try await eventually("it waits for a session") { pool.usage.waiting == number + 1 }
            }
            released.fire()
            try await group.waitForAll()
        }
        try await holder.value
        #expect(order.values == Array(0..<10))
        await pool.close()
    }

    @Test func a_cancelled_waiter_leaves_the_queue() async throws {
        let pool = try makePool(1)
        let released = Signal()
        let holder = try await occupy(pool, until: released)
        let waiter = Task { try await pool.write { _ in Issue.record("ran although it was cancelled") } }
        try await eventually("one waits") { pool.usage.waiting == 1 }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        #expect(pool.usage.waiting == 0)
        released.fire()
        try await holder.value
        try await pool.check()
        #expect(pool.usage == .init(free: 1, leased: 0, waiting: 0))
        await pool.close()
    }

    @Test func a_task_cancelled_before_it_asks_gets_no_session() async throws {
        let pool = try makePool(1)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await pool.check()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await pool.close()
    }

    @Test func many_tasks_some_cancelled_lose_no_session() async throws {
        let pool = try makePool(2)
        await withTaskGroup { group in
            for number in 0..<200 {
                group.addTask {
                    let task = Task { try await pool.write { tx in try tx.execute("SELECT 1") } }
                    if number % 3 == 0 { task.cancel() }
                    _ = await task.result
                }
            }
        }
        #expect(pool.usage.leased == 0 && pool.usage.waiting == 0)
        try await pool.check()
        await pool.close()
    }

    @Test func a_session_whose_connection_broke_serves_again() async throws {
        let pool = try makePool(1)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.write { tx in try tx.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
        }
        #expect(error?.isConnectionLoss == true)
        try await pool.check()
        await pool.close()
    }

    @Test func closing_waits_for_who_works_and_turns_away_who_waits() async throws {
        let pool = try makePool(1)
        let released = Signal()
        let holder = try await occupy(pool, until: released)
        let waiter = Task { try await pool.check() }
        try await eventually("one waits") { pool.usage.waiting == 1 }
        let closing = Task { await pool.close() }
        let waited = await waiter.result
        #expect(throws: PostgresError.self) { try waited.get() }
        let late = await #expect(throws: PostgresError.self) { try await pool.check() }
        #expect(late?.kind == .closed)
        #expect(pool.usage.leased == 1)
        released.fire()
        try await holder.value
        await closing.value
        #expect(pool.usage == .init(free: 0, leased: 0, waiting: 0))
        await pool.close()
    }
}
