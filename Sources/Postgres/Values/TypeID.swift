/// Object identifiers of the built-in types; they are fixed in PostgreSQL's catalog (`pg_type.dat`).
enum TypeID {
    static let unspecified: UInt32 = 0
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let float8: UInt32 = 701
    static let date: UInt32 = 1082
    static let timestamptz: UInt32 = 1184
    static let numeric: UInt32 = 1700
    static let uuid: UInt32 = 2950

    static let boolArray: UInt32 = 1000
    static let byteaArray: UInt32 = 1001
    static let int2Array: UInt32 = 1005
    static let int4Array: UInt32 = 1007
    static let textArray: UInt32 = 1009
    static let int8Array: UInt32 = 1016
    static let float8Array: UInt32 = 1022
    static let dateArray: UInt32 = 1182
    static let timestamptzArray: UInt32 = 1185
    static let uuidArray: UInt32 = 2951

    /// The first identifier a database gives to a type of its own, such as an enumeration.
    static let firstUserDefined: UInt32 = 16_384
}
