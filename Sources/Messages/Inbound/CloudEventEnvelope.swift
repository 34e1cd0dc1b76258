/// The envelope of a CloudEvents 1.0 message in structured JSON mode, as much of it as counts here; extension attributes may be there.
struct CloudEventEnvelope {
    /// The message type.
    var type: String
    /// Where `data` stands in the body.
    var data: Range<Int>

    /// Whether an AMQP content type says that the body is such a message; parameters such as `charset` are allowed.
    static func isContentType(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let mediaType = contentType.prefix { $0 != ";" }
        return mediaType.lowercased().trimmed() == "application/cloudevents+json"
    }

    /// Checks the whole body as JSON, and the envelope's own fields.
    init(_ body: [UInt8]) throws(MessageRefusal) {
        var type: String?
        var data: Range<Int>?
        var hasVersion = false
        var hasID = false
        var hasSource = false
        var reader = JSONReader(body)
        var object = try reader.beginObject()
        while let field = try reader.nextField(Field.names, &object) {
            switch field {
            case .specversion:
                guard try reader.text(0...64) == "1.0" else { throw reader.invalidField("must be \"1.0\"") }
                hasVersion = true
            case .type: type = try reader.text(1...200)
            case .source:
                _ = try reader.text(1...2_000)
                hasSource = true
            case .id:
                _ = try reader.text(1...2_000)
                hasID = true
            case .subject: _ = try reader.text(1...2_000)
            case .time: _ = try reader.time()
            case .dataschema: _ = try reader.text(1...2_000)
            case .datacontenttype: try reader.jsonContentType()
            case .dataBase64: throw reader.invalidField("is not taken: the data must be JSON")
            case .data:
                _ = try reader.peekValue()
                let start = reader.position
                try reader.skipValue()
                data = start..<reader.position
            }
        }
        _ = try reader.required(hasVersion ? true : nil, "specversion")
        _ = try reader.required(hasID ? true : nil, "id")
        _ = try reader.required(hasSource ? true : nil, "source")
        self.type = try reader.required(type, "type")
        self.data = try reader.required(data, "data")
        try reader.finish()
    }

    private enum Field: String, FieldName {
        case specversion, id, source, type, subject, time, datacontenttype, dataschema
        case dataBase64 = "data_base64"
        case data
        static let names = FieldNames<Self>()
    }
}

extension JSONReader {
    fileprivate mutating func jsonContentType() throws(MessageRefusal) {
        let mediaType = try text(1...200).prefix { $0 != ";" }.lowercased().trimmed()
        guard mediaType == "application/json" || mediaType.hasSuffix("+json") else { throw invalidField("must be application/json") }
    }
}

extension String {
    fileprivate func trimmed() -> Substring {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}
