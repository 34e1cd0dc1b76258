package import Simulation

/// Something that reads what strangers or people write, and what must hold of whatever it makes of it.
package protocol FuzzTarget: Sendable {
    var name: String { get }
    /// Valid texts, which the inputs are made of.
    var samples: [FuzzSample] { get }
    /// Words of its language, put where they belong and where they do not.
    var tokens: [[UInt8]] { get }
    /// What can be nested: each an opening and its closing.
    var nestings: [FuzzNesting] { get }

    /// Reads an input and checks the outcome.
    ///
    /// - Parameter random: for what is to be chosen besides the input itself; the same for the same input.
    func read(_ input: FuzzInput, _ random: inout SplitMix64) throws(FuzzComplaint) -> FuzzOutcome
}

package struct FuzzSample: Sendable {
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

package struct FuzzNesting: Sendable {
    package var opening: [UInt8]
    package var closing: [UInt8]

    package init(_ opening: String, _ closing: String) {
        self.opening = Array(opening.utf8)
        self.closing = Array(closing.utf8)
    }
}

/// One input: the seed and the index make it, always the same.
package struct FuzzInput: Sendable {
    package var index: Int
    /// Which of the target's samples it was made of.
    package var sample: Int
    package var bytes: [UInt8]
}

/// What became of an input.
package enum FuzzOutcome: Hashable, Sendable {
    case taken
    /// With the code of the refusal.
    case refused(String)
}

/// Something does not hold.
package struct FuzzComplaint: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }

    /// - Throws: a complaint where it does not hold.
    static func unless(_ holds: Bool, _ description: @autoclosure () -> String) throws(FuzzComplaint) {
        if !holds { throw FuzzComplaint(description()) }
    }
}
