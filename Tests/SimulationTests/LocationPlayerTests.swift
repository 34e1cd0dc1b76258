import Commerce
import Messages
import Simulation
import Testing

struct LocationPlayerTests {
    private static let time = Timestamp(seconds: 1_780_000_000)

    @Test func shipments_hold_exactly_the_requested_units() throws {
        let player = LocationPlayer(splitShare: 0.5)
        var (single, double) = (0, 0)
        for number in 0..<300 {
            let lines = (0...(number % 4)).map { LineQuantity(lineID: "\($0)", quantity: Int64(1 + (number + $0) % 5)) }
            let shipments = player.shipments(of: "f-\(number)", lines, at: Self.time)
            if shipments.count == 1 { single += 1 } else { double += 1 }
            var shipped: [String: Int64] = [:]
            for shipment in shipments {
                let decoded = try InboundDecoder.decode(
                    type: shipment.dispatched.type,
                    contentType: nil,
                    body: shipment.dispatched.body,
                    receivedAt: Self.time.adding(seconds: 864_000)
                )
                guard case .shipmentDispatched(let dispatched) = decoded else { continue }
                #expect(dispatched.shipmentID == shipment.shipmentID)
                for line in dispatched.lines { shipped[line.lineID, default: 0] += line.quantity }
                #expect(shipment.delivered.time > shipment.dispatched.time)
                #expect(throws: Never.self) {
                    try InboundDecoder.decode(
                        type: shipment.delivered.type,
                        contentType: nil,
                        body: shipment.delivered.body,
                        receivedAt: Self.time.adding(seconds: 864_000)
                    )
                }
            }
            #expect(shipped == Dictionary(lines.map { ($0.lineID, $0.quantity) }) { $0 + $1 })
            #expect(shipments == player.shipments(of: "f-\(number)", lines, at: Self.time))
        }
        #expect(single > 50 && double > 50, "\(single) in one, \(double) in two")
    }

    @Test func nothing_is_shipped_of_nothing() {
        #expect(LocationPlayer().shipments(of: "f", [], at: Self.time).isEmpty)
        #expect(LocationPlayer().shipments(of: "f", [LineQuantity(lineID: "1", quantity: 0)], at: Self.time).isEmpty)
    }
}
