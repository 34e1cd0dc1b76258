internal import Commerce
internal import Messages
internal import Store

/// When the parcels of a batch arrive, by the network's calendars, cut-offs and transit tables: what is told of it, whichever rule decided.
struct DeliveryPromises: Sendable {
    private let calendar: DeliveryCalendar
    private let network: NetworkSnapshot
    private let now: Timestamp
    /// By time zone, how far clocks are ahead of UTC now.
    private let offsets: [String: Int64]

    init(network: NetworkSnapshot, now: Timestamp) {
        let calendar = DeliveryCalendar(network.settings)
        let zones = calendar.isEmpty ? [] : Set(network.locations.map(\.location.timeZone))
        self.calendar = calendar
        self.network = network
        self.now = now
        offsets = Dictionary(uniqueKeysWithValues: zones.map { ($0, TimeZoneOffset($0).seconds(at: now)) })
    }

    /// Whether nothing can be promised: the network file says nothing of transit.
    var isEmpty: Bool { calendar.isEmpty }

    /// The days of a parcel that is requested now; `nil` where no transit table says, and for an order that its customer collects.
    ///
    /// - Parameters:
    ///   - day: whose capacity it takes at its location; `nil`: any.
    ///   - destination: the order's coordinates.
    ///   - later: when it is requested, if not now.
    func window(
        from location: Int32,
        day: CivilDate?,
        of order: PlacedOrder,
        to destination: Coordinates?,
        at later: Timestamp? = nil
    ) -> DeliveryEstimate? {
        guard !isEmpty, order.shipping?.pickupLocation == nil, let entry = network.location(key: location) else { return nil }
        let meters = entry.location.coordinates.flatMap { from in destination.flatMap { from.meters(to: $0) } }
        let zone = entry.location.timeZone
        return calendar.estimate(
            from: DeliveryOrigin(country: entry.location.country, leadTimeHours: entry.location.leadTimeHours, terms: entry.terms),
            to: order.shippingAddress.country,
            meters: meters,
            at: later ?? now,
            offsetSeconds: later.map { TimeZoneOffset(zone).seconds(at: $0) } ?? offsets[zone] ?? 0,
            notBefore: day
        )
    }

    /// What a promise comes to for the customer: the day by which the goods are there, if they leave as soon as they have come; without a
    /// transit table, the day they come, where the channel is.
    func told(_ promise: PromiseAllocation.Promise, of order: PlacedOrder, to destination: Coordinates?) -> ToldPromise {
        switch promise {
        case .there: return ToldPromise(word: .there)
        case .unknown: return ToldPromise(word: .unknown)
        case .arrival(let at, let location):
            let from = Int32(truncatingIfNeeded: location)
            if let day = window(from: from, day: nil, of: order, to: destination, at: at)?.latest {
                return ToldPromise(word: .date(day), promisedAt: at, promisedFrom: from, deliverTo: day)
            }
            let zone = network.channel(order.channel)?.channel.timeZone ?? "UTC"
            let day = CivilDate(at, offsetSeconds: TimeZoneOffset(zone).seconds(at: at))
            return ToldPromise(word: .date(day), promisedAt: at, promisedFrom: from)
        }
    }
}

/// What is told of units that wait.
struct ToldPromise: Hashable, Sendable {
    var word: DeliveryWord
    var promisedAt: Timestamp?
    /// The location that the goods come to then.
    var promisedFrom: Int32?
    /// Where a transit table says.
    var deliverTo: CivilDate?

    static let unknown = ToldPromise(word: .unknown)

    func written(order: Int64, line: Int32) -> WaitingPromises.Promise {
        WaitingPromises.Promise(order: order, line: line, promisedAt: promisedAt, promisedFrom: promisedFrom, word: word)
    }
}

extension Event.Line {
    /// Says when the units are expected.
    mutating func tell(_ promise: ToldPromise) {
        promisedAt = promise.promisedAt
        deliverTo = promise.deliverTo
        inStock = promise.word == .there
    }
}

extension EventBook {
    /// Tells of goods that arrive later than was told, under the order's next numbers.
    ///
    /// - Returns: what is to be mailed of it.
    mutating func tell(
        _ changes: [DeliveryChange],
        of document: PlacedOrder,
        order: Int64,
        sequence: inout Int32
    ) -> [DeliveryDelays.Delay] {
        var delays: [Int: DeliveryDelays.Delay] = [:]
        for change in changes {
            sequence += 1
            let event = Event.OrderPromiseChanged(
                channel: document.channel,
                orderID: document.orderID,
                version: Int64(sequence),
                lines: change.lines.map { document.eventLine($0.line, quantity: $0.quantity) },
                delivery: change.delivery,
                deliverToBefore: change.before
            )
            add(event, order: order, sequence: sequence, detail: change.delivery?.interval)
            for units in change.lines {
                let known = max(DeliveryWord.date(change.before), delays[units.line]?.known ?? .there)
                delays[units.line] = DeliveryDelays.Delay(
                    order: order,
                    line: Int32(units.line),
                    known: known,
                    waits: false,
                    sequence: sequence
                )
            }
        }
        return delays.values.sorted { $0.line < $1.line }
    }
}
