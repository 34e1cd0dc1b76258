internal import CThread

/// How a worker keeps the memory it has been given.
enum Heap {
    /// Keeps little that is free.
    ///
    /// glibc gives every thread an arena of its own, up to eight for each core, and what is freed in one serves no other: a worker's lanes
    /// take turns, so each would keep its largest batch for good. It also learns to keep blocks of megabytes, as batches have them.
    ///
    /// Measured on two cores with all roles at full load: 37 MB of heap with glibc's own arenas, 28 MB with four, 27 MB with two. After a
    /// hundred thousand orders 41 MB with two arenas, of which 11 MB were free; 32 MB where large blocks are given back. Orders/s do not differ.
    ///
    /// Source: mallopt(3).
    static func keepLittle() { oms_heap(2, 128 << 10) }
}
