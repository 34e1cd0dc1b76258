internal import CRabbitMQ

extension String {
    /// Copies the bytes; what is not UTF-8 in them becomes U+FFFD.
    init(_ bytes: amqp_bytes_t) {
        self.init(decoding: UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len), as: UTF8.self)
    }
}

extension [UInt8] {
    /// Copies the bytes.
    init(_ bytes: amqp_bytes_t) {
        self.init(UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len))
    }
}

extension FieldValue {
    /// Headers nested deeper than this come from nobody who means well: they are not sent, and what is below it in a delivery becomes ``null``.
    static let deepest = 32

    /// Copies a table out of the library's memory.
    static func table(_ table: amqp_table_t, depth: Int = 0) -> [String: FieldValue] {
        var values: [String: FieldValue] = [:]
        values.reserveCapacity(Int(table.num_entries))
        for entry in UnsafeBufferPointer(start: table.entries, count: Int(table.num_entries)) {
            values[String(entry.key)] = FieldValue(entry.value, depth: depth + 1)
        }
        return values
    }

    private init(_ field: amqp_field_value_t, depth: Int) {
        guard depth <= Self.deepest else {
            self = .null
            return
        }
        switch amqp_field_value_kind_t(UInt32(field.kind)) {
        case AMQP_FIELD_KIND_BOOLEAN: self = .bool(field.value.boolean != 0)
        case AMQP_FIELD_KIND_I8: self = .int(Int64(field.value.i8))
        case AMQP_FIELD_KIND_U8: self = .int(Int64(field.value.u8))
        case AMQP_FIELD_KIND_I16: self = .int(Int64(field.value.i16))
        case AMQP_FIELD_KIND_U16: self = .int(Int64(field.value.u16))
        case AMQP_FIELD_KIND_I32: self = .int(Int64(field.value.i32))
        case AMQP_FIELD_KIND_U32: self = .int(Int64(field.value.u32))
        case AMQP_FIELD_KIND_I64: self = .int(field.value.i64)
        case AMQP_FIELD_KIND_U64: self = Int64(exactly: field.value.u64).map { .int($0) } ?? .double(Double(field.value.u64))
        case AMQP_FIELD_KIND_F32: self = .double(Double(field.value.f32))
        case AMQP_FIELD_KIND_F64: self = .double(field.value.f64)
        case AMQP_FIELD_KIND_DECIMAL:
            var value = Double(field.value.decimal.value)
            for _ in 0..<field.value.decimal.decimals { value /= 10 }
            self = .double(value)
        case AMQP_FIELD_KIND_UTF8:
            let bytes = UnsafeRawBufferPointer(start: field.value.bytes.bytes, count: field.value.bytes.len)
            self = String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes(Array(bytes))
        case AMQP_FIELD_KIND_BYTES: self = .bytes([UInt8](field.value.bytes))
        case AMQP_FIELD_KIND_TIMESTAMP: self = .timestamp(Int64(bitPattern: field.value.u64))
        case AMQP_FIELD_KIND_TABLE: self = .table(Self.table(field.value.table, depth: depth))
        case AMQP_FIELD_KIND_ARRAY:
            let array = field.value.array
            let values = UnsafeBufferPointer(start: array.entries, count: Int(array.num_entries))
            self = .list(values.map { FieldValue($0, depth: depth + 1) })
        default: self = .null
        }
    }
}

extension MessageProperties {
    /// Copies the properties out of the library's memory.
    init(_ properties: amqp_basic_properties_t) {
        let flags = properties._flags
        func string(_ flag: Int32, _ bytes: amqp_bytes_t) -> String? {
            flags & amqp_flags_t(flag) == 0 ? nil : String(bytes)
        }
        self.init(
            contentType: string(AMQP_BASIC_CONTENT_TYPE_FLAG, properties.content_type),
            contentEncoding: string(AMQP_BASIC_CONTENT_ENCODING_FLAG, properties.content_encoding),
            type: string(AMQP_BASIC_TYPE_FLAG, properties.type),
            messageID: string(AMQP_BASIC_MESSAGE_ID_FLAG, properties.message_id),
            correlationID: string(AMQP_BASIC_CORRELATION_ID_FLAG, properties.correlation_id),
            replyTo: string(AMQP_BASIC_REPLY_TO_FLAG, properties.reply_to),
            timestamp: flags & amqp_flags_t(AMQP_BASIC_TIMESTAMP_FLAG) == 0 ? nil : properties.timestamp,
            persistent: flags & amqp_flags_t(AMQP_BASIC_DELIVERY_MODE_FLAG) != 0 && properties.delivery_mode == 2,
            expiration: string(AMQP_BASIC_EXPIRATION_FLAG, properties.expiration),
            headers: flags & amqp_flags_t(AMQP_BASIC_HEADERS_FLAG) == 0 ? [:] : FieldValue.table(properties.headers)
        )
    }
}
