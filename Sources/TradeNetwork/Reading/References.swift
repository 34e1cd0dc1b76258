/// The names of other things that a file mentions: collected while it is walked, looked up when all it lists is known.
///
/// Lives within one call of `NetworkFile.read`.
final class References {
    enum Kind: String {
        case seller, supplier, channel, location, carrier

        var code: NetworkFault.Code {
            switch self {
            case .seller: .unknownSeller
            case .supplier: .unknownSupplier
            case .channel: .unknownChannel
            case .location: .unknownLocation
            case .carrier: .unknownCarrier
            }
        }

        func reason(_ id: String) -> String {
            self == .carrier ? "There is no transit table of carrier \"\(id.clipped)\"." : "There is no \(rawValue) \"\(id.clipped)\"."
        }
    }

    private var mentions: [(kind: Kind, id: String, place: ValueReader)] = []

    func note(_ kind: Kind, _ id: String?, at place: ValueReader?) {
        guard let id, let place else { return }
        mentions.append((kind, id, place))
    }

    /// The id that stands at `key`, noted.
    func id(_ kind: Kind, in object: ObjectReader, _ key: String, required: Bool = false) -> String? {
        object.value(key, required: required).flatMap { id(kind, at: $0) }
    }

    /// The id that stands here, noted.
    func id(_ kind: Kind, at place: ValueReader) -> String? {
        let id = place.text(.id)
        note(kind, id, at: place)
        return id
    }

    /// Reports each mention of what is not in `known`.
    func check(_ kind: Kind, known: Set<String>) {
        for mention in mentions where mention.kind == kind && !known.contains(mention.id) {
            mention.place.fault(kind.code, kind.reason(mention.id))
        }
    }
}
