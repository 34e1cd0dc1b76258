package import Commerce

extension Event {
    /// `reservation.granted`, `.refused`, `.released` and `.expired`: what became of a basket's units. There is no order yet.
    package struct Reservation: EventData {
        package enum Kind: String, Sendable, CaseIterable {
            /// The units are kept until `expiresAt`: anew, or longer than before.
            case granted
            /// Not all of it is there. What the basket held before, it still holds.
            case refused
            /// Given back by the channel.
            case released
            /// Its time came, and no order.
            case expired
        }

        package var kind: Kind
        package var channel: String
        package var basketID: String
        /// What is kept, was asked for, or was given back.
        package var lines: [ReservationRequested.Line]
        /// Of a granted one.
        package var expiresAt: Timestamp?
        /// Of a refused one: why, and which line.
        package var refusal: MessageRefusal?

        package init(
            kind: Kind,
            channel: String,
            basketID: String,
            lines: [ReservationRequested.Line],
            expiresAt: Timestamp? = nil,
            refusal: MessageRefusal? = nil
        ) {
            self.kind = kind
            self.channel = channel
            self.basketID = basketID
            self.lines = lines
            self.expiresAt = expiresAt
            self.refusal = refusal
        }

        package var type: EventType {
            switch kind {
            case .granted: .reservationGranted
            case .refused: .reservationRefused
            case .released: .reservationReleased
            case .expired: .reservationExpired
            }
        }

        package var subject: String { "\(channel)/\(basketID)" }

        package func write(to json: inout JSONWriter) {
            json.beginObject()
            json.member("channel", channel)
            json.member("basketId", basketID)
            json.list("lines", lines) { json, line in
                json.beginObject()
                json.member("sku", line.sku)
                json.member("quantity", line.quantity)
                json.endObject()
            }
            if let expiresAt { json.member("expiresAt", expiresAt) }
            if let refusal {
                json.member("code", refusal.code.rawValue)
                json.member("path", optional: refusal.path)
                json.member("message", refusal.message)
            }
            json.endObject()
        }
    }
}

extension EventID {
    /// The id of a lease's nth event. A lease's key is never given again.
    package static func reservation(lease: Int64, sequence: Int32) -> String { thing("reservation", String(lease), Int64(sequence)) }

    /// The id of `reservation.refused`: from the message that asked, where it had an id, else from the moment.
    package static func refusedReservation(channel: String, basketID: String, messageID: String?, at moment: Timestamp) -> String {
        if let messageID, !messageID.isEmpty { return bounded("reservation/refused/id/\(messageID)") }
        return thing("reservation/refused", "\(channel)/\(basketID)", moment.rawValue)
    }
}
