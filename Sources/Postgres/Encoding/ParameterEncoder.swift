internal import CPostgres

/// Writes a statement's parameters in PostgreSQL's binary form, in one pass, into one buffer that is kept between statements.
final class ParameterEncoder {
    private var buffer = ByteBuffer(capacity: 64 << 10)
    /// Where each parameter begins; -1 for NULL. The buffer may move while it grows, so that pointers are made at the end.
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var pointers: [UnsafePointer<CChar>?] = []
    private(set) var types: [UInt32] = []

    /// Encodes `parameters`, in place of those before.
    func encode(_ parameters: [Parameter]) throws(PostgresError) {
        buffer.removeAll()
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        types.removeAll(keepingCapacity: true)
        for (index, parameter) in parameters.enumerated() {
            types.append(parameter.typeID)
            if case .null = parameter {
                offsets.append(-1)
                lengths.append(0)
                continue
            }
            let start = buffer.count
            do {
                try encode(parameter)
            } catch {
                throw error.named(parameter: index + 1)
            }
            guard let length = Int32(exactly: buffer.count - start) else {
                throw PostgresError(.parameter, "parameter $\(index + 1) is larger than 2 GB")
            }
            offsets.append(start)
            lengths.append(length)
        }
    }

    /// Calls `body` with the arrays libpq's functions take.
    func withArguments<Result>(
        _ body: (
            _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
            _ formats: UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        let base = buffer.base.assumingMemoryBound(to: CChar.self)
        pointers.removeAll(keepingCapacity: true)
        for offset in offsets { pointers.append(offset < 0 ? nil : UnsafePointer(base + offset)) }
        while formats.count < offsets.count { formats.append(1) }
        return pointers.withUnsafeBufferPointer { pointers in
            body(Int32(offsets.count), pointers.baseAddress, lengths, formats)
        }
    }

    private func encode(_ parameter: Parameter) throws(EncodingFailure) {
        switch parameter {
        case .null: break
        case .bool(let value): try scalar(value)
        case .int2(let value): try scalar(value)
        case .int4(let value): try scalar(value)
        case .int8(let value): try scalar(value)
        case .double(let value): try scalar(value)
        case .timestamp(let value): try scalar(WireTimestamp(value: value))
        case .date(let value): try scalar(WireDate(value: value))
        case .text(let value): if !buffer.appendText(value) { throw EncodingFailure(.nul) }
        case .bytes(let value): value.withUnsafeBytes { buffer.append($0) }
        case .uuid(let value):
            buffer.append(value.high)
            buffer.append(value.low)
        case .boolArray(let values): try scalars(values, TypeID.bool) { $0 }
        case .optionalBoolArray(let values): try optionalScalars(values, TypeID.bool) { $0 }
        case .int2Array(let values): try scalars(values, TypeID.int2) { $0 }
        case .optionalInt2Array(let values): try optionalScalars(values, TypeID.int2) { $0 }
        case .int4Array(let values): try scalars(values, TypeID.int4) { $0 }
        case .optionalInt4Array(let values): try optionalScalars(values, TypeID.int4) { $0 }
        case .int8Array(let values): try scalars(values, TypeID.int8) { $0 }
        case .optionalInt8Array(let values): try optionalScalars(values, TypeID.int8) { $0 }
        case .doubleArray(let values): try scalars(values, TypeID.float8) { $0 }
        case .optionalDoubleArray(let values): try optionalScalars(values, TypeID.float8) { $0 }
        case .timestampArray(let values): try scalars(values, TypeID.timestamptz) { WireTimestamp(value: $0) }
        case .optionalTimestampArray(let values): try optionalScalars(values, TypeID.timestamptz) { WireTimestamp(value: $0) }
        case .dateArray(let values): try scalars(values, TypeID.date) { WireDate(value: $0) }
        case .optionalDateArray(let values): try optionalScalars(values, TypeID.date) { WireDate(value: $0) }
        case .textArray(let values): try texts(values)
        case .optionalTextArray(let values): try optionalTexts(values)
        case .bytesArray(let values):
            try header(values.count, TypeID.bytea)
            for value in values { value.withUnsafeBytes { buffer.appendPrefixed($0) } }
        case .optionalBytesArray(let values):
            try header(values.count, TypeID.bytea)
            for value in values {
                if let value { value.withUnsafeBytes { buffer.appendPrefixed($0) } } else { buffer.append(Int32(-1)) }
            }
        case .uuidArray(let values):
            try header(values.count, TypeID.uuid)
            buffer.reserve(values.count * 20)
            for value in values { put(value) }
        case .optionalUUIDArray(let values):
            try header(values.count, TypeID.uuid)
            buffer.reserve(values.count * 20)
            for value in values { if let value { put(value) } else { buffer.put(Int32(-1)) } }
        }
    }

    private func scalar<Value: Scalar>(_ value: Value) throws(EncodingFailure) {
        guard let wire = value.wire else { throw EncodingFailure(.range) }
        buffer.append(wire)
    }

    @inline(__always)
    private func scalars<Element, Value: Scalar>(
        _ values: [Element],
        _ type: UInt32,
        _ convert: (Element) -> Value
    ) throws(EncodingFailure) {
        let size = MemoryLayout<Value.Wire>.size
        try header(values.count, type)
        buffer.reserve(values.count * (4 + size))
        for index in values.indices {
            guard let wire = convert(values[index]).wire else { throw EncodingFailure(.range, element: index) }
            buffer.put(Int32(truncatingIfNeeded: size))
            buffer.put(wire)
        }
    }

    @inline(__always)
    private func optionalScalars<Element, Value: Scalar>(
        _ values: [Element?],
        _ type: UInt32,
        _ convert: (Element) -> Value
    ) throws(EncodingFailure) {
        let size = MemoryLayout<Value.Wire>.size
        try header(values.count, type)
        buffer.reserve(values.count * (4 + size))
        for index in values.indices {
            guard let value = values[index] else {
                buffer.put(Int32(-1))
                continue
            }
            guard let wire = convert(value).wire else { throw EncodingFailure(.range, element: index) }
            buffer.put(Int32(truncatingIfNeeded: size))
            buffer.put(wire)
        }
    }

    private func texts(_ values: [String]) throws(EncodingFailure) {
        try header(values.count, TypeID.text)
        for index in values.indices where !buffer.appendPrefixedText(values[index]) {
            throw EncodingFailure(.nul, element: index)
        }
    }

    private func optionalTexts(_ values: [String?]) throws(EncodingFailure) {
        try header(values.count, TypeID.text)
        for index in values.indices {
            guard let value = values[index] else {
                buffer.append(Int32(-1))
                continue
            }
            if !buffer.appendPrefixedText(value) { throw EncodingFailure(.nul, element: index) }
        }
    }

    /// One dimension from 1; none at all for the empty array. The server looks for NULLs itself, whatever the flag says.
    private func header(_ count: Int, _ type: UInt32) throws(EncodingFailure) {
        guard let length = Int32(exactly: count) else { throw EncodingFailure(.range) }
        buffer.reserve(20)
        buffer.put(Int32(count == 0 ? 0 : 1))
        buffer.put(Int32(1))
        buffer.put(type)
        guard count > 0 else { return }
        buffer.put(length)
        buffer.put(Int32(1))
    }

    @inline(__always)
    private func put(_ value: PostgresUUID) {
        buffer.put(Int32(16))
        buffer.put(value.high)
        buffer.put(value.low)
    }
}

/// What is wrong with a parameter, before its number is known.
struct EncodingFailure: Error {
    enum Reason { case nul, range }
    let reason: Reason
    let element: Int?

    init(_ reason: Reason, element: Int? = nil) {
        self.reason = reason
        self.element = element
    }

    func named(parameter: Int) -> PostgresError {
        let place = element.map { "element \($0) of parameter $\(parameter)" } ?? "parameter $\(parameter)"
        return switch reason {
        case .nul: PostgresError(.parameter, "\(place) is text that contains NUL", sqlState: .untranslatableCharacter)
        case .range: PostgresError(.parameter, "\(place) is out of its type's range", sqlState: .numericValueOutOfRange)
        }
    }
}
