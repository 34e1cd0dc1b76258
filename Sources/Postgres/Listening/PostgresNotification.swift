/// What another session sent with NOTIFY.
package struct PostgresNotification: Sendable, Hashable {
    package let channel: String

    /// Less than 8,000 bytes; equal ones of a transaction arrive once.
    package let payload: String

    /// The sending session's server process.
    package let processID: Int32
}
