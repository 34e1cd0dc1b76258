import Foundation
import Testing

@testable import Messages

@Suite struct TopologyTests {
    /// Run the tests with `OMS_WRITE_DEFINITIONS=1` to write the file anew.
    @Test func the_definitions_file_says_what_the_code_declares() throws {
        let file = Paths.queues.appending(path: "definitions.json")
        let expected = Data(BrokerTopology.oms.definitionsJSON())
        if ProcessInfo.processInfo.environment["OMS_WRITE_DEFINITIONS"] == "1" { try expected.write(to: file) }
        let written = try Data(contentsOf: file)
        #expect(written == expected, "queues/definitions.json differs from BrokerTopology.oms")
    }
}
