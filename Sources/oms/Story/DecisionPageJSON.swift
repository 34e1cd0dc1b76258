internal import Commerce
internal import Messages
internal import Store

/// Why an order was routed as it was, for programs.
struct DecisionPageJSON {
    let story: OrderStory
    let decisions: [DecisionStore.Row]
    let network: NetworkSnapshot

    var text: String {
        var json = JSONWriter()
        json.beginObject()
        json.member("channel", story.document.channel)
        json.member("orderId", story.document.orderID)
        json.member("currency", story.document.currency)
        json.key("decisions")
        json.beginArray()
        for row in decisions { write(row, to: &json) }
        json.endArray()
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func write(_ row: DecisionStore.Row, to json: inout JSONWriter) {
        let (content, record) = (row.content, row.content.record)
        json.beginObject()
        json.member("event", Int64(row.sequence))
        json.member("shadow", row.isShadow)
        if row.isShadow { json.member("differs", row.differs) }
        json.member("network", row.network)
        json.member("decidedAt", row.decidedAt)
        json.member("decidedBy", record.strategy == nil ? "defaultRule" : "strategy")
        json.member("strategy", optional: record.strategy)
        json.member("shortfall", optional: record.shortfall?.rawValue)
        json.member("endedBy", optional: record.endedBy)
        list("passedOver", record.passedOver, to: &json) { passed, json in
            json.member("strategy", passed.strategy)
            json.member("reason", passed.reason.rawValue)
        }
        json.member("candidates", Int64(record.candidates))
        if let sight = row.sight {
            let wanted = sight.wanted
            json.member("wanted", wanted.reduce(0, +))
            list("had", Array(sight.places.indices), to: &json) { place, json in
                let found = sight.places[place]
                json.member("location", location(found.location))
                json.member("units", sight.had(place, of: wanted))
                let entry = network.location(key: Int32(truncatingIfNeeded: found.location))
                if let kilometers = story.kilometers(from: entry) { json.member("kilometers", kilometers) }
                if found.isExcluded { json.member("excluded", true) }
                if found.hasNoRoom { json.member("noRoom", true) }
                if found.isFull, let day = found.overflowDay { json.member("nextDayWithRoom", day.description) }
            }
        }
        list("keptOut", record.fenced, to: &json) { fenced, json in
            json.member("location", location(fenced.location))
            json.member("obstacle", fenced.obstacle.rawValue)
        }
        if let winner = record.winner { score("winner", winner, record, to: &json) }
        if let second = record.runnerUp { score("runnerUp", second, record, to: &json) }
        json.member("cut", record.wasCut)
        list("parcels", content.parcels, to: &json) { parcel, json in
            json.member("location", location(parcel.location))
            json.member("units", parcel.units)
        }
        if !row.isShadow, let days = story.delivery(toldAt: row.sequence) {
            json.member("deliverFrom", days.earliest.description)
            json.member("deliverTo", days.latest.description)
        }
        json.member("cost", row.cost)
        json.member("waiting", content.waiting)
        json.member("held", content.held)
        json.member("cancelled", content.cancelled)
        json.member("cancelReason", optional: content.cancelReason)
        json.endObject()
    }

    private func list<Element>(
        _ name: StaticString,
        _ elements: [Element],
        to json: inout JSONWriter,
        _ write: (Element, inout JSONWriter) -> Void
    ) {
        json.key(name)
        json.beginArray()
        for element in elements {
            json.beginObject()
            write(element, &json)
            json.endObject()
        }
        json.endArray()
    }

    private func score(_ name: StaticString, _ score: RoutingScore, _ record: RoutingRecord, to json: inout JSONWriter) {
        json.key(name)
        json.beginObject()
        json.key("locations")
        json.beginArray()
        for key in score.locations { json.string(location(key)) }
        json.endArray()
        json.key("values")
        json.beginObject()
        for (criterion, value) in zip(record.criteria, score.values) {
            json.key(any: criterion.rawValue)
            json.integer(value)
        }
        json.endObject()
        json.endObject()
    }

    private func location(_ key: Int64) -> String { network.location(key: Int32(truncatingIfNeeded: key))?.location.id ?? "" }
}
