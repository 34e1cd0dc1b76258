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
        if wasTakenBack(parcel) { try tellLateAnswer(.accepted, parcel, order: &order) }
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
        let reason = ParcelRefusal(rawValue: message.reason.rawValue) ?? .other
        if wasTakenBack(parcel) {
            try tellLateAnswer(.rejected, parcel, order: &order)
            let late = units.isEmpty ? parcel.lines.indices.map { LineUnits(line: $0, quantity: parcel.lines[$0].cancelled) } : units
            note(reason, of: late, in: parcel, occurredAt: message.occurredAt)
            record(message, reason: reason, digest: digest, parcel: parcel)
            orders[key] = order
            return .done(id: message.rejectionID)
        }
        switch old.applying(.reject(units)) {
        case .changed(let next): parcel.state = next
        case .unchanged: throw MessageRefusal(.wrongState, path: "/fulfillmentId", "Nothing of the fulfillment is open any more.")
        case .refused: throw MessageRefusal(.wrongState, path: "/lines", "More was rejected than is open.")
        }
        order.fulfillments[index] = parcel
        let rejected = parcel.lines.indices.compactMap { place -> LineUnits? in
            let units = parcel.lines[place].cancelled - old.lines[place].cancelled
            return units > 0 ? LineUnits(line: place, quantity: units) : nil
        }
        for units in rejected { free(parcel.lines[units.line].sku, of: parcel, channel: order.head.channel, units: units.quantity) }
        let waiting = rejected.map { LineUnits(line: Int(parcel.lines[$0.line].line), quantity: $0.quantity) }
        order.state = order.state.applying(.release(waiting)).result(from: order.state)
        note(reason, of: rejected, in: parcel, occurredAt: message.occurredAt)
        record(message, reason: reason, digest: digest, parcel: parcel)
        try sourceAgain(&order)
        orders[key] = order
        return .done(id: message.rejectionID)
    }

    private mutating func record(_ message: FulfillmentRejected, reason: ParcelRefusal, digest: [UInt8], parcel: FulfillmentRows.Row) {
        rejections[ShipmentName(fulfillment: parcel.key, id: ExactID(message.rejectionID))] = digest
        refusals[parcel.key, default: []].insert(reason)
        newRejections.append(
            FulfillmentRejections.Row(
                fulfillment: parcel.key,
                id: message.rejectionID,
                digest: digest,
                order: parcel.order,
                location: parcel.location,
                reason: reason.rawValue,
                occurredAt: message.occurredAt
            )
        )
    }

    /// Takes down what a refusal says of the stock; units by their place in the parcel.
    private mutating func note(_ reason: ParcelRefusal, of units: [LineUnits], in parcel: FulfillmentRows.Row, occurredAt: Timestamp) {
        guard reason.stockEffect != .none else { return }
        for unit in units where unit.quantity > 0 {
            stockEffects.append(
                StockEffects.Refusal(
                    sku: parcel.lines[unit.line].sku,
                    location: parcel.location,
                    units: unit.quantity,
                    isNothingLeft: reason.stockEffect == .nothingLeft,
                    occurredAt: occurredAt,
                    requestedAt: parcel.createdAt
                )
            )
        }
    }

    /// Whether we took the parcel back before its location was done with it.
    private func wasTakenBack(_ parcel: FulfillmentRows.Row) -> Bool {
        parcel.state.status.isClosed
            && rejections[ShipmentName(fulfillment: parcel.key, id: ExactID(FulfillmentRejections.ownID))] != nil
    }

    private mutating func tellLateAnswer(
        _ answer: Event.FulfillmentLateAnswer.Answer,
        _ parcel: FulfillmentRows.Row,
        order: inout OrderAggregate
    ) throws {
        let document = try documents.of(order.head.key)
        let sequence = order.nextEvent()
        book.add(
            Event.FulfillmentLateAnswer(
                fulfillmentID: FulfillmentID.text(parcel.key),
                channel: document.channel,
                orderID: document.orderID,
                location: network.location(key: parcel.location)?.location.id ?? "",
                answer: answer
            ),
            order: order.head.key,
            sequence: sequence,
            reference: FulfillmentID.text(parcel.key),
            detail: answer.rawValue
        )
    }
}
