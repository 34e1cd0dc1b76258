internal import CPostgres
internal import Glibc

extension Connection {
    /// Connects, blocking the calling thread for as long as the configuration allows per host.
    ///
    /// - Throws: `.unreachable` when no server can be had now, `.connectionRefused` when one is there but will not have us.
    static func open(_ configuration: PostgresConfiguration) throws(PostgresError) -> Connection {
        let parameters = configuration.connectionParameters
        guard let pointer = withCArrays(parameters, { PQconnectdbParams($0, $1, 0) }) else {
            throw PostgresError(.unreachable, "out of memory for a connection to PostgreSQL")
        }
        if PQstatus(pointer) == CONNECTION_OK { return try Connection(pointer) }
        let message = String(cString: PQerrorMessage(pointer)).split(separator: "\n").joined(separator: "; ")
        PQfinish(pointer)
        // PQconnectdb does not tell the SQLSTATE of a refusal: ask again, with messages that hold it.
        let second = openVerbosely(parameters)
        if let connected = second.connection { return try Connection(connected) }
        var isRefusal = false
        if let state = second.state {
            isRefusal = state != .tooManyConnections && !["08", "57", "53"].contains(state.category)
        }
        throw PostgresError(isRefusal ? .connectionRefused : .unreachable, message, sqlState: second.state)
    }

    private static func openVerbosely(
        _ parameters: [(keyword: String, value: String)]
    ) -> (connection: OpaquePointer?, state: SQLState?) {
        guard let pointer = withCArrays(parameters, { PQconnectStartParams($0, $1, 0) }) else { return (nil, nil) }
        PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
        let deadline = ContinuousClock.now + .seconds(2)
        var status = PGRES_POLLING_WRITING
        while status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED && ContinuousClock.now < deadline {
            let events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT
            var descriptor = pollfd(fd: PQsocket(pointer), events: Int16(events), revents: 0)
            _ = poll(&descriptor, 1, Int32((deadline - .now).milliseconds))
            status = PQconnectPoll(pointer)
        }
        if status == PGRES_POLLING_OK { return (pointer, nil) }
        defer { PQfinish(pointer) }
        // "FATAL:  28P01: password authentication failed …": the only field of five capitals and digits between colons.
        let fields = String(cString: PQerrorMessage(pointer)).split(whereSeparator: { $0 == ":" || $0 == "\n" })
        let code = fields.last { field in
            field.count == 7 && field.hasPrefix("  ") && field.dropFirst(2).allSatisfy { $0.isASCII && ($0.isNumber || $0.isUppercase) }
        }
        return (nil, code.map { SQLState(rawValue: String($0.dropFirst(2))) })
    }

    private static func withCArrays<Result>(
        _ parameters: [(keyword: String, value: String)],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let keywords = parameters.map { strdup($0.keyword) }
        let values = parameters.map { strdup($0.value) }
        defer { for pointer in keywords + values { free(pointer) } }
        return body(keywords.map { $0.map { UnsafePointer($0) } } + [nil], values.map { $0.map { UnsafePointer($0) } } + [nil])
    }
}
