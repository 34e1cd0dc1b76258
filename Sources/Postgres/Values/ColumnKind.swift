/// What a type's binary form looks like: decided once per column of a result, compared at every cell.
enum ColumnKind: UInt8, Sendable {
    case int2, int4, int8, oid, bool, double, float, text, jsonb, bytes, uuid, timestamp, date, array, userDefined, other

    init(typeID: UInt32) {
        self =
            switch typeID {
            case TypeID.int2: .int2
            case TypeID.int4: .int4
            case TypeID.int8: .int8
            case 26: .oid
            case TypeID.bool: .bool
            case TypeID.float8: .double
            case 700: .float
            // text, varchar, char(n), name, unknown, json, xml, citext's kin: all sent as their letters
            case TypeID.text, 1043, 1042, 19, 705, 114, 142: .text
            case 3802: .jsonb
            case TypeID.bytea: .bytes
            case TypeID.uuid: .uuid
            case TypeID.timestamptz, 1114: .timestamp
            case TypeID.date: .date
            case TypeID.boolArray, TypeID.byteaArray, TypeID.int2Array, TypeID.int4Array, TypeID.textArray, TypeID.int8Array,
                TypeID.float8Array, TypeID.dateArray, TypeID.timestamptzArray, TypeID.uuidArray, 1014, 1015, 1115, 1021, 1028, 199,
                3807:
                .array
            // Enumerations are sent as their labels, arrays of them as arrays.
            case TypeID.firstUserDefined...: .userDefined
            default: .other
            }
    }
}
