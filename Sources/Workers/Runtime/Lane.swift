internal import Commerce
package import Logging
package import Postgres
internal import Store

/// One sequence of batches: a database session and a pump. A role has one or several lanes in a process.
package final class Lane: Sendable {
    package let session: PostgresSession
    package let pump: OutboxPump
    package let shared: SharedState
    package let link: BrokerLink
    package let logger: Logger

    package init(session: PostgresSession, link: BrokerLink, shared: SharedState, logger: Logger) {
        self.session = session
        self.link = link
        pump = OutboxPump(link: link, logger: logger)
        self.shared = shared
        self.logger = logger
    }

    /// Runs one transaction whose messages commit with it.
    ///
    /// `body` may run several times (serialization failures, deadlocks), so it changes nothing but the database and `effects`.
    package func commit<R: Sendable>(
        _ body: @Sendable (borrowing Transaction, inout Effects) throws -> R
    ) async throws -> R {
        await pump.room()
        let settled = await pump.takeConfirmed()
        do {
            let (result, row) = try await session.writeLast { tx in
                var effects = Effects()
                let result = try body(tx, &effects)
                let messages = effects.messages
                try OutboxStore.delete(settled, in: tx)
                guard !messages.isEmpty else { return { _ in (result, CommittedRow?.none) } }
                try OutboxStore.insert(messages, in: tx)
                return { rows in (result, CommittedRow(key: try OutboxStore.key(rows), messages: messages)) }
            }
            if let row { await pump.submit(key: row.key, messages: row.messages) }
            return result
        } catch {
            await pump.giveBack(settled)
            throw error
        }
    }

    /// Keeps the lane alive around `body`: publishes what it commits, and deletes confirmed rows when no transaction of its own comes by
    /// to do it. When `body` ends, what it still owes is published, and the session closed.
    package func run(_ body: () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.pump.run() }
            let idle = Task { await self.deleteConfirmedWhenIdle() }
            await body()
            await pump.finish()
            await group.waitForAll()
            idle.cancel()
            // It may be deleting rows at this very moment: the session closes after it, or they would be owed for ever.
            await idle.value
        }
        await deleteConfirmed()
        await session.close()
    }

    private func deleteConfirmedWhenIdle() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(200))
            await deleteConfirmed()
        }
    }

    private func deleteConfirmed() async {
        let settled = await pump.takeConfirmed()
        guard !settled.isEmpty else { return }
        do {
            try await session.write { tx in try OutboxStore.delete(settled, in: tx) }
        } catch {
            // The relay would send these rows again; better the next transaction deletes them.
            await pump.giveBack(settled)
        }
    }

    private struct CommittedRow: Sendable {
        var key: Int64
        var messages: [OutboxMessage]
    }
}
