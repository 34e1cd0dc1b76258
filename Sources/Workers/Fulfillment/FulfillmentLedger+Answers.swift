internal import Commerce
internal import Messages
internal import Store

extension FulfillmentLedger {
    /// The location will ship.
    mutating func accept(_ message: FulfillmentAccepted, order key: Int64?) throws -> Outcome {
        guard let key, var order = orders[key], let index = FulfillmentID.key(message.fulfillmentID).flatMap(order.fulfillmentIndex)
        else { return .retry(Self.unknownFulfillment) }
        var parcel = order.fulfillments[index]
        if let standing = parcel.acceptedAt {
            guard standing == message.claimedAt else {
                throw MessageRefusal(.conflict, path: "/occurredAt", "The fulfillment was accepted at another time; that stands.")
            }
            return .done(id: message.fulfillmentID)
        }
        parcel.state = parcel.state.applying(.accept).result(from: parcel.state)
        parcel.acceptedAt = message.claimedAt
        order.fulfillments[index] = parcel
        orders[key] = order
        return .done(id: message.fulfillmentID)
    }

    /// The location will not ship: its units wait again, and sourcing looks elsewhere for them.
    mutating func reject(_ message: FulfillmentRejected, order key: Int64?) throws -> Outcome {
        guard let key, var order = orders[key], let fulfillment = FulfillmentID.key(message.fulfillmentID),
            let index = order.fulfillmentIndex(fulfillment)
        else { return .retry(Self.unknownFulfillment) }
        let name = ShipmentName(fulfillment: fulfillment, id: ExactID(message.rejectionID))
        let digest = ContentDigest.of(message)
        if let standing = rejections[name] {
            guard standing == digest else {
                throw MessageRefusal(.conflict, path: "/rejectionId", "The rejection was given with other content; that stands.")
            }
            return .done(id: message.rejectionID)
        }
        var parcel = order.fulfillments[index]
        let document = try documents.of(key)
        let old = parcel.state
        let units = try message.lines.map { try places(of: $0, in: parcel, document: document) } ?? []
        switch old.applying(.reject(units)) {
        case .changed(let next): parcel.state = next
        case .unchanged: throw MessageRefusal(.wrongState, path: "/fulfillmentId", "Nothing of the fulfillment is open any more.")
        case .refused: throw MessageRefusal(.wrongState, path: "/lines", "More was rejected than is open.")
        }
        order.fulfillments[index] = parcel
        var waiting: [LineUnits] = []
        for (place, line) in parcel.lines.enumerated() {
            let rejected = line.cancelled - old.lines[place].cancelled
            guard rejected > 0 else { continue }
            waiting.append(LineUnits(line: Int(line.line), quantity: rejected))
            free(line.sku, of: parcel, channel: order.head.channel, units: rejected)
        }
        order.state = order.state.applying(.release(waiting)).result(from: order.state)
        orders[key] = order
        rejections[name] = digest
        newRejections.append(
            FulfillmentRejections.Row(
                fulfillment: fulfillment,
                id: message.rejectionID,
                digest: digest,
                order: key,
                location: parcel.location,
                reason: message.reason.rawValue,
                occurredAt: message.occurredAt
            )
        )
        return .done(id: message.rejectionID)
    }
}
