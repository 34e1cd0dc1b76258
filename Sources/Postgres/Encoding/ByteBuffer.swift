/// Bytes in network order, appended one after the other, in memory that is kept for the next use.
struct ByteBuffer: ~Copyable {
    private(set) var base: UnsafeMutableRawPointer
    private(set) var count = 0
    private var capacity: Int

    /// What is kept between uses; a rare giant statement gives its memory back.
    private static let keptCapacity = 4 << 20

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    mutating func removeAll() {
        count = 0
        guard capacity > Self.keptCapacity else { return }
        base.deallocate()
        capacity = Self.keptCapacity
        base = .allocate(byteCount: capacity, alignment: 8)
    }

    /// Makes room for `additional` bytes, which ``put(_:)`` does not look for.
    @inline(__always)
    mutating func reserve(_ additional: Int) {
        if count + additional > capacity { grow(count + additional) }
    }

    private mutating func grow(_ needed: Int) {
        capacity = max(needed, capacity * 2)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        larger.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = larger
    }

    /// Writes into room that was reserved.
    @inline(__always)
    mutating func put<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        base.storeBytes(of: value.bigEndian, toByteOffset: count, as: Value.self)
        count += MemoryLayout<Value>.size
    }

    @inline(__always)
    mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        reserve(MemoryLayout<Value>.size)
        put(value)
    }

    mutating func append(_ source: UnsafeRawBufferPointer) {
        guard let start = source.baseAddress else { return }
        reserve(source.count)
        (base + count).copyMemory(from: start, byteCount: source.count)
        count += source.count
    }

    /// The length in four bytes, then the bytes.
    @inline(__always)
    mutating func appendPrefixed(_ source: UnsafeRawBufferPointer) {
        reserve(4 + source.count)
        put(Int32(truncatingIfNeeded: source.count))
        if let start = source.baseAddress {
            (base + count).copyMemory(from: start, byteCount: source.count)
            count += source.count
        }
    }
}
