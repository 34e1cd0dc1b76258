/// What is asked of the database, and how its answer is read: ``Transaction/ask(_:)`` asks several in one round trip.
package struct Query<Answer> {
    fileprivate enum Source {
        case statement(Statement, read: (Rows) throws -> Answer)
        case known(Answer)
    }

    fileprivate let source: Source

    /// - Parameter read: makes the answer of the statement's rows.
    package init(_ sql: String, _ parameters: [Parameter] = [], read: @escaping (Rows) throws -> Answer) {
        source = .statement(Statement(sql, parameters), read: read)
    }

    private init(_ source: Source) { self.source = source }

    /// An answer that is known without asking: nothing is sent.
    package static func known(_ answer: Answer) -> Query { Query(.known(answer)) }
}

extension Transaction {
    /// Asks all of them in one round trip; they run in their order, each seeing what committed before it began.
    ///
    /// - Returns: their answers.
    /// - Throws: the first error of the server, else the first of reading an answer.
    package func ask<each Answer>(_ queries: repeat Query<each Answer>) throws -> (repeat each Answer) {
        var statements: [Statement] = []
        for query in repeat each queries {
            if case .statement(let statement, _) = query.source { statements.append(statement) }
        }
        var results = (statements.isEmpty ? [] : try pipeline(statements)).makeIterator()
        return (repeat try (each queries).answer(from: &results))
    }
}

extension Query {
    fileprivate func answer(from results: inout IndexingIterator<[Rows]>) throws -> Answer {
        switch source {
        case .known(let answer): return answer
        case .statement(_, let read):
            guard let rows = results.next() else { throw PostgresError(.result, "a statement gave no result") }
            return try read(rows)
        }
    }
}
