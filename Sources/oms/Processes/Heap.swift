internal import CThread
internal import Glibc

/// How this process keeps the memory it has been given.
enum Heap {
    /// Lets all threads share two arenas.
    ///
    /// glibc gives every thread an arena of its own, up to eight for each core, and memory freed in one serves no other. A worker's lanes
    /// take turns, so each would keep its largest batch for good. Measured on two cores with all roles at full load: 37 MB of heap with
    /// glibc's own number, 28 MB with four, 27 MB with two; no difference in orders/s. A number set in the environment stands.
    ///
    /// Source: mallopt(3), `M_ARENA_MAX`.
    static func shareArenas() {
        guard getenv("MALLOC_ARENA_MAX") == nil else { return }
        oms_heap_arenas(2)
    }
}
