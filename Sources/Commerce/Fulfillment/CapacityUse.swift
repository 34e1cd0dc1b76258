/// What a parcel takes of the day it was planned for.
package enum CapacityUse: Hashable, Sendable {
    /// Nothing has left yet: its place is kept for it.
    case held
    /// Something has left: the work was done.
    case used
    /// It will not be shipped: its place is free again.
    case none
}

extension FulfillmentStatus {
    /// What a parcel of this status takes of its day. A cancelled one that leaves all the same is work done.
    package var capacityUse: CapacityUse {
        if self == .cancelled { return .none }
        return self == .requested || self == .accepted ? .held : .used
    }
}
