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
    func window(from location: Int32, day: CivilDate?, of order: PlacedOrder, to destination: Coordinates?) -> DeliveryEstimate? {
        guard !isEmpty, order.shipping?.pickupLocation == nil, let entry = network.location(key: location) else { return nil }
        let meters = entry.location.coordinates.flatMap { from in destination.flatMap { from.meters(to: $0) } }
        return calendar.estimate(
            from: DeliveryOrigin(country: entry.location.country, leadTimeHours: entry.location.leadTimeHours, terms: entry.terms),
            to: order.shippingAddress.country,
            meters: meters,
            at: now,
            offsetSeconds: offsets[entry.location.timeZone] ?? 0,
            notBefore: day
        )
    }
}

extension EventBook {
    /// Tells that goods arrive later than was told, under the order's next number.
    mutating func tell(_ change: DeliveryChange, of document: PlacedOrder, order: Int64, sequence: Int32) {
        let event = Event.OrderPromiseChanged(
            channel: document.channel,
            orderID: document.orderID,
            version: Int64(sequence),
            lines: change.lines.map { document.eventLine($0.line, quantity: $0.quantity) },
            delivery: change.delivery,
            deliverToBefore: change.before
        )
        add(event, order: order, sequence: sequence, detail: change.delivery.interval)
    }
}

extension OrderAggregate {
    /// By line, the last day of all parcels it was ever in: what its customer was told.
    var toldDays: [Int: CivilDate] {
        var days: [Int: CivilDate] = [:]
        for parcel in fulfillments {
            guard let day = parcel.delivery?.latest else { continue }
            for line in parcel.lines { days[Int(line.line)] = max(days[Int(line.line)] ?? day, day) }
        }
        return days
    }
}
