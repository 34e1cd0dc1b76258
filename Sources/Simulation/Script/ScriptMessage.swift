package import Commerce

/// One message of a script, for the exchange `oms.inbound`; its routing key is the type.
package struct ScriptMessage: Hashable, Sendable {
    /// When it is sent, in simulated time; a script is in this order.
    package var time: Timestamp
    package var type: String
    /// JSON, UTF-8.
    package var body: [UInt8]
    /// How many rows of a replayed file went into it; 0 for what was made up.
    package var rows: Int
    /// The code with which the dead-letter desk should take it, where it is broken on purpose.
    package var expectedRefusal: String?

    package init(time: Timestamp, type: String, body: [UInt8], rows: Int = 0, expectedRefusal: String? = nil) {
        self.time = time
        self.type = type
        self.body = body
        self.rows = rows
        self.expectedRefusal = expectedRefusal
    }
}
