import Commerce
import Messages
import Simulation
import Testing

struct RealReplayTests {
    private static let receipt = Timestamp(seconds: 1_780_000_000)

    @Test func every_row_of_the_real_file_has_one_destination() throws {
        guard let path = RetailFileOnDisk.path else { return RetailFileOnDisk.reportMissing() }
        var replay = try RetailReplay(path: path)
        var time = Timestamp(rawValue: .min)
        var (toldRows, releases, cancellations, isInOrder, largest, messages) = (0, 0, 0, true, 0, 0)
        while let step = try replay.next() {
            isInOrder = isInOrder && step.time >= time
            time = step.time
            switch step {
            case .publish(let message):
                toldRows += message.rows
                largest = max(largest, message.body.count)
                messages += 1
                // Every order would take minutes in a debug build.
                guard message.type != "order.placed" || messages % 20 == 0 else { continue }
                let decoded = try InboundDecoder.decode(type: message.type, contentType: nil, body: message.body, receivedAt: Self.receipt)
                if case .orderPlaced(let placed) = decoded { #expect(try placed.order.check() == 0, "\(placed.order.orderID)") }
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
        // Counted independently of this code, with a script over the CSV.
        #expect(counts.destinations[.manual] == 572 && counts.destinations[.cancellationOfGuest] == 165)
        #expect(counts.destinations[.cancellationWithoutSale] == 1_152)
    }
}
