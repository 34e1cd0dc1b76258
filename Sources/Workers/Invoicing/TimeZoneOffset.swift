internal import Commerce
internal import Foundation

/// How far local clocks are from UTC: the one thing dates on paper need of the time zone database.
struct TimeZoneOffset {
    private let zone: TimeZone

    /// - Parameter name: IANA name; an unknown one (the network refuses those) counts as UTC.
    init(_ name: String) { zone = TimeZone(identifier: name) ?? .gmt }

    func seconds(at moment: Timestamp) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.rawValue) / 1e6)))
    }
}
