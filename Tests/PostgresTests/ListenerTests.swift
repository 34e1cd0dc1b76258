import Postgres
import Testing

@Suite(.timeLimit(.minutes(15)))
struct ListenerTests {
    @Test func hears_what_is_committed_on_its_channels() async throws {
        try await withScratchDatabase { configuration in
            let session = PostgresSession(configuration, logger: quiet)
            let listener = try await PostgresListener.listen(configuration, channels: ["work", "Odd \"name"], logger: quiet)
            try await session.write { tx in
                for payload in ["1", "1", "2"] { try tx.send("SELECT pg_notify('work', $1)", [.text(payload)]) }
                try tx.send("SELECT pg_notify('other', 'x')")
                try tx.send("SELECT pg_notify('Odd \"name', 'שלום 👍')")
            }
            var heard: [String] = []
            for try await notification in listener.notifications {
                heard.append("\(notification.channel): \(notification.payload)")
                if heard.count == 3 { break }
            }
            // Equal ones of a transaction are merged by the server.
            #expect(heard == ["work: 1", "work: 2", "Odd \"name: שלום 👍"])
            await listener.close()
            await session.close()
        }
    }

    @Test func hears_nothing_of_what_was_rolled_back() async throws {
        try await withScratchDatabase { configuration in
            let session = PostgresSession(configuration, logger: quiet)
            let listener = try await PostgresListener.listen(configuration, channels: ["work"], logger: quiet)
            await #expect(throws: NeverHappened.self) {
                try await session.write { tx in
                    try tx.execute("SELECT pg_notify('work', 'undone')")
                    throw NeverHappened()
                }
            }
            try await session.write { tx in try tx.execute("SELECT pg_notify('work', 'done')") }
            var iterator = listener.notifications.makeAsyncIterator()
            #expect(try await iterator.next()?.payload == "done")
            await listener.close()
            await session.close()
        }
    }

    @Test func closing_ends_the_sequence() async throws {
        let listener = try await PostgresListener.listen(try serverConfiguration(), channels: ["work"], logger: quiet)
        await listener.close()
        var iterator = listener.notifications.makeAsyncIterator()
        #expect(try await iterator.next() == nil)
    }

    @Test func a_lost_connection_ends_the_sequence_with_an_error() async throws {
        try await withScratchDatabase { configuration in
            let session = PostgresSession(configuration, logger: quiet)
            let listener = try await PostgresListener.listen(configuration, channels: ["work"], logger: quiet)
            try await session.write { tx in
                try tx.execute(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                    """
                )
            }
            let error = await #expect(throws: PostgresError.self) {
                for try await _ in listener.notifications {}
            }
            #expect(error?.isConnectionLoss == true)
            await session.close()
        }
    }

    @Test func an_unreachable_server_is_told_at_once() async throws {
        let configuration = try PostgresConfiguration(url: "postgresql://u@127.0.0.1:1/d")
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresListener.listen(configuration, channels: ["work"], logger: quiet)
        }
        #expect(error?.isUnreachable == true)
    }
}
