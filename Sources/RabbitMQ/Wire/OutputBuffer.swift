/// Bytes on their way to the socket: appended at the end, taken from the front, in one piece of memory that grows and is reused.
struct OutputBuffer: ~Copyable {
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var head = 0
    private var tail = 0

    init(capacity: Int = 64 * 1_024) {
        self.capacity = capacity
        memory = .allocate(capacity: capacity)
    }

    deinit { memory.deallocate() }

    /// How many bytes wait.
    var count: Int { tail - head }
    var isEmpty: Bool { tail == head }

    /// What waits, valid until the next change.
    var waiting: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory + head, count: tail - head) }

    mutating func removeFirst(_ count: Int) {
        head += count
        guard head == tail else { return }
        head = 0
        tail = 0
    }

    mutating func removeAll() {
        head = 0
        tail = 0
    }

    private mutating func reserve(_ count: Int) {
        guard tail + count > capacity else { return }
        let waiting = tail - head
        if waiting + count > capacity / 2 {
            capacity = max(capacity * 2, (waiting + count) * 2)
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            larger.update(from: memory + head, count: waiting)
            memory.deallocate()
            memory = larger
        } else {
            memory.update(from: memory + head, count: waiting)
        }
        head = 0
        tail = waiting
    }

    mutating func append(_ byte: UInt8) {
        reserve(1)
        memory[tail] = byte
        tail += 1
    }

    /// In network order, as everything in AMQP.
    mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        let size = MemoryLayout<Number>.size
        reserve(size)
        UnsafeMutableRawPointer(memory + tail).storeBytes(of: number.bigEndian, as: Number.self)
        tail += size
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        UnsafeMutableRawPointer(memory + tail).copyMemory(from: start, byteCount: bytes.count)
        tail += bytes.count
    }

    /// The place where a length will be written once it is known.
    struct Mark {
        fileprivate var offset: Int
    }

    /// Leaves four bytes for a length.
    mutating func mark() -> Mark {
        append(UInt32(0))
        return Mark(offset: tail - head)
    }

    /// Writes the number of bytes appended since the mark into it.
    mutating func close(_ mark: Mark) {
        let length = UInt32(truncatingIfNeeded: tail - head - mark.offset)
        UnsafeMutableRawPointer(memory + head + mark.offset - 4).storeBytes(of: length.bigEndian, as: UInt32.self)
    }
}
