internal import DequeModule

/// The deliveries of a channel that are neither acknowledged nor rejected, and how to settle them with few frames.
///
/// The broker numbers deliveries from 1 without gaps. `multiple` settles everything up to a number, so it may be used only where
/// nothing below is still held by anybody: that is what this keeps count of.
struct UnsettledTags {
    /// One frame to send.
    struct Frame: Equatable {
        var tag: UInt64
        var multiple: Bool
    }

    /// The number of the first entry of `isSettled`.
    private var first: UInt64 = 1
    private var isSettled: Deque<Bool> = []

    /// Deliveries that are neither acknowledged nor rejected.
    private(set) var count = 0

    /// Notes a delivery; false when its number is not the next one.
    mutating func deliver(_ tag: UInt64) -> Bool {
        guard tag == first + UInt64(isSettled.count) else { return false }
        isSettled.append(false)
        count += 1
        return true
    }

    /// Settles deliveries alike; the frames that tell the broker. What is settled already, or was never delivered, is passed over: the
    /// broker would close the channel over it.
    mutating func settle(_ tags: some Sequence<UInt64>) -> [Frame] {
        var settled: [UInt64] = []
        for tag in tags {
            guard tag >= first, tag - first < isSettled.count else { continue }
            let index = Int(tag - first)
            guard !isSettled[index] else { continue }
            isSettled[index] = true
            settled.append(tag)
        }
        count -= settled.count
        while isSettled.first == true {
            isSettled.removeFirst()
            first += 1
        }
        var frames: [Frame] = []
        let low = settled.filter { $0 < first }
        if let last = low.max() { frames.append(Frame(tag: last, multiple: low.count > 1)) }
        for tag in settled where tag >= first { frames.append(Frame(tag: tag, multiple: false)) }
        return frames
    }
}
