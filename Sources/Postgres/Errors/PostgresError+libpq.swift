internal import CPostgres

extension PostgresError {
    /// The error a failed result tells of.
    init(result: OpaquePointer, connectionIsBroken: Bool) {
        func field(_ code: Int32) -> String? { PQresultErrorField(result, code).map { String(cString: $0) } }
        let state = field(Self.sqlStateField).map(SQLState.init(rawValue:))
        let isLoss = connectionIsBroken || state.map(Self.meansLoss) == true
        let message = field(Self.messageField) ?? firstLine(PQresultErrorMessage(result))
        let summary =
            if isLoss {
                "the connection to PostgreSQL was lost"
            } else if let state, Self.mayQuoteValues(state) {
                "PostgreSQL refused a value"
            } else {
                message
            }
        self.init(isLoss ? .connectionLost : .statement, summary, sqlState: state)
        constraint = field(Self.constraintField)
        table = field(Self.tableField)
        column = field(Self.columnField)
        serverMessage = message
        serverDetail = field(Self.detailField)
    }

    /// The error of a connection that broke without a last word.
    static func lost(_ connection: OpaquePointer) -> PostgresError {
        var error = PostgresError(.connectionLost, "the connection to PostgreSQL was lost")
        error.serverMessage = firstLine(PQerrorMessage(connection))
        return error
    }

    private static func meansLoss(_ state: SQLState) -> Bool {
        switch state {
        case .adminShutdown, .crashShutdown, .cannotConnectNow, .idleInTransactionTimeout: true
        default: state.category == "08"
        }
    }

    /// Classes whose primary message quotes what was sent: data exceptions, raised exceptions, external routines.
    private static func mayQuoteValues(_ state: SQLState) -> Bool {
        switch state.category {
        case "22", "P0", "38", "39", "2F", "HV": true
        default: false
        }
    }

    // PG_DIAG_… are character macros, which Swift imports with differing types: spelled here as libpq's manual lists them.
    private static let sqlStateField = Int32(UInt8(ascii: "C"))
    private static let messageField = Int32(UInt8(ascii: "M"))
    private static let detailField = Int32(UInt8(ascii: "D"))
    private static let tableField = Int32(UInt8(ascii: "t"))
    private static let columnField = Int32(UInt8(ascii: "c"))
    private static let constraintField = Int32(UInt8(ascii: "n"))
}

/// The first line of what libpq says, without its line end.
func firstLine(_ text: UnsafePointer<CChar>?) -> String {
    guard let text else { return "" }
    return String(cString: text).split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
}
