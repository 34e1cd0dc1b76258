/// A value for `$1`, `$2` … of a statement, sent in binary.
///
/// Its type is declared to the server, so that `unnest($1)` needs no cast; for an enumeration or `jsonb` write `$1::my_enum` and give `.text`.
package enum Parameter: Sendable, Hashable {
    case null
    case bool(Bool)
    case int2(Int16)
    case int4(Int32)
    case int8(Int64)
    case double(Double)
    case text(String)
    case bytes([UInt8])
    case uuid(PostgresUUID)
    /// `timestamptz`: microseconds since 1970 UTC; `Int64.max` and `.min` are the infinities.
    case timestamp(Int64)
    /// `date`: days since 1970-01-01.
    case date(Int32)

    case boolArray([Bool])
    case optionalBoolArray([Bool?])
    case int2Array([Int16])
    case optionalInt2Array([Int16?])
    case int4Array([Int32])
    case optionalInt4Array([Int32?])
    case int8Array([Int64])
    case optionalInt8Array([Int64?])
    case doubleArray([Double])
    case optionalDoubleArray([Double?])
    case textArray([String])
    case optionalTextArray([String?])
    case bytesArray([[UInt8]])
    case optionalBytesArray([[UInt8]?])
    case uuidArray([PostgresUUID])
    case optionalUUIDArray([PostgresUUID?])
    case timestampArray([Int64])
    case optionalTimestampArray([Int64?])
    case dateArray([Int32])
    case optionalDateArray([Int32?])

    /// The value, or NULL.
    package static func optionalBool(_ value: Bool?) -> Parameter { value.map(Parameter.bool) ?? .null }
    /// The value, or NULL.
    package static func optionalInt4(_ value: Int32?) -> Parameter { value.map(Parameter.int4) ?? .null }
    /// The value, or NULL.
    package static func optionalInt8(_ value: Int64?) -> Parameter { value.map(Parameter.int8) ?? .null }
    /// The value, or NULL.
    package static func optionalDouble(_ value: Double?) -> Parameter { value.map(Parameter.double) ?? .null }
    /// The value, or NULL.
    package static func optionalText(_ value: String?) -> Parameter { value.map(Parameter.text) ?? .null }
    /// The value, or NULL.
    package static func optionalBytes(_ value: [UInt8]?) -> Parameter { value.map(Parameter.bytes) ?? .null }
    /// The value, or NULL.
    package static func optionalUUID(_ value: PostgresUUID?) -> Parameter { value.map(Parameter.uuid) ?? .null }
    /// The value in microseconds since 1970 UTC, or NULL.
    package static func optionalTimestamp(_ value: Int64?) -> Parameter { value.map(Parameter.timestamp) ?? .null }
    /// The value in days since 1970-01-01, or NULL.
    package static func optionalDate(_ value: Int32?) -> Parameter { value.map(Parameter.date) ?? .null }

    /// The declared type; NULL leaves it to the server.
    var typeID: UInt32 {
        switch self {
        case .null: TypeID.unspecified
        case .bool: TypeID.bool
        case .int2: TypeID.int2
        case .int4: TypeID.int4
        case .int8: TypeID.int8
        case .double: TypeID.float8
        case .text: TypeID.text
        case .bytes: TypeID.bytea
        case .uuid: TypeID.uuid
        case .timestamp: TypeID.timestamptz
        case .date: TypeID.date
        case .boolArray, .optionalBoolArray: TypeID.boolArray
        case .int2Array, .optionalInt2Array: TypeID.int2Array
        case .int4Array, .optionalInt4Array: TypeID.int4Array
        case .int8Array, .optionalInt8Array: TypeID.int8Array
        case .doubleArray, .optionalDoubleArray: TypeID.float8Array
        case .textArray, .optionalTextArray: TypeID.textArray
        case .bytesArray, .optionalBytesArray: TypeID.byteaArray
        case .uuidArray, .optionalUUIDArray: TypeID.uuidArray
        case .timestampArray, .optionalTimestampArray: TypeID.timestamptzArray
        case .dateArray, .optionalDateArray: TypeID.dateArray
        }
    }
}
