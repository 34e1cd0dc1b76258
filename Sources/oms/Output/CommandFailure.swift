/// Why a command ends without having done its work: one sentence, and the exit status that says what kind of failure it is.
struct CommandFailure: Error, CustomStringConvertible {
    /// Contract section 6.
    enum Status: Int32 {
        /// The work found a fault.
        case fault = 1
        /// Wrong use: flag, file, URL.
        case wrongUse = 2
        /// A server cannot be reached (EX_UNAVAILABLE).
        case unreachable = 69
    }

    var status: Status
    var description: String

    static func fault(_ sentence: String) -> CommandFailure { CommandFailure(status: .fault, description: sentence) }
    static func wrongUse(_ sentence: String) -> CommandFailure { CommandFailure(status: .wrongUse, description: sentence) }
    static func unreachable(_ sentence: String) -> CommandFailure { CommandFailure(status: .unreachable, description: sentence) }
}
