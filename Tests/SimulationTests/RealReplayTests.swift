import Commerce
import Simulation
import Testing

struct RealReplayTests {
    @Test func every_row_of_the_real_file_has_one_destination() throws {
        guard let path = RetailFileOnDisk.path else { return RetailFileOnDisk.reportMissing() }
        var replay = try RetailReplay(path: path)
        var time = Timestamp(rawValue: .min)
        var (toldRows, releases, cancellations, isInOrder, largest) = (0, 0, 0, true, 0)
        while let step = try replay.next() {
            isInOrder = isInOrder && step.time >= time
            time = step.time
            switch step {
            case .publish(let message):
                toldRows += message.rows
                largest = max(largest, message.body.count)
            case .release(let release):
                releases += 1
                cancellations += release.cancellations
            }
        }
        let counts = replay.counts
        #expect(counts.rows == 541_909)
        #expect(counts.accounted == 541_909, "\(counts.table)")
        #expect(isInOrder)
        #expect(toldRows == counts.table.filter(\.destination.isTold).map(\.rows).reduce(0, +))
        #expect(releases == counts.messages["order.placed"])
        #expect(cancellations == counts.messages["order.cancelled"])
        #expect(largest < 1_048_576)
        print(counts.table.map { "\($0.rows) \($0.destination.rawValue)" }.joined(separator: "\n"), counts.messages)
    }
}
