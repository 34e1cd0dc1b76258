package import Commerce

extension Event {
    /// `order.promise_changed`: the date of goods is another than was told.
    ///
    /// Either of goods that the order waits for: then its lines say when they are expected, and without a date none is known any more. Or of
    /// goods that another parcel brings now, later than was told: then `deliverToBefore` says what was told, and `delivery` when they arrive, or
    /// without it that no day is known any more.
    package struct OrderPromiseChanged: OrderEventData {
        package var channel: String
        package var orderID: String
        package var version: Int64
        /// The lines whose promise changed.
        package var lines: [Line]
        /// When the parcels with these goods arrive.
        package var delivery: DeliveryEstimate?
        /// The last day that was told before.
        package var deliverToBefore: CivilDate?

        package init(
            channel: String,
            orderID: String,
            version: Int64,
            lines: [Line],
            delivery: DeliveryEstimate? = nil,
            deliverToBefore: CivilDate? = nil
        ) {
            self.channel = channel
            self.orderID = orderID
            self.version = version
            self.lines = lines
            self.delivery = delivery
            self.deliverToBefore = deliverToBefore
        }

        package var type: EventType { .orderPromiseChanged }

        package func write(to json: inout JSONWriter) {
            json.order(self, version: version) {
                $0.lines(lines)
                $0.members(delivery)
                $0.member("deliverToBefore", optional: deliverToBefore?.description)
            }
        }
    }
}
