import Commerce
import Foundation
import Testing

@testable import Messages

@Suite struct TimeTextTests {
    private static func parse(_ text: String) -> Int64? {
        Array(text.utf8).withUnsafeBufferPointer { TimeText.parse($0)?.rawValue }
    }

    private static func text(_ moment: Timestamp) -> String {
        var bytes: [UInt8] = []
        TimeText.append(moment, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00-00:00", 0),
        ("1970-01-01T01:00:00+01:00", 0),
        ("2026-11-22T10:15:00Z", 1_795_342_500_000_000),
        ("2026-11-22t10:15:00z", 1_795_342_500_000_000),
        ("2026-11-22T11:15:00+01:00", 1_795_342_500_000_000),
        ("2026-11-21T22:45:00.5-11:30", 1_795_342_500_500_000),
        ("2026-11-22T10:15:00.123456Z", 1_795_342_500_123_456),
        ("2026-11-22T10:15:00.123456999Z", 1_795_342_500_123_456),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000_000),
        ("2000-02-29T00:00:00Z", 951_782_400_000_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
        ("2017-01-01T00:59:60+01:00", 1_483_228_800_000_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
    ])
    func reads(_ text: String, _ micros: Int64) {
        #expect(Self.parse(text) == micros)
    }

    @Test(arguments: [
        "", "2026-11-22", "2026-11-22T10:15Z", "2026-11-22T10:15:00", "2026-11-22T10:15:00+1:00", "2026-11-22T10:15:00+0100",
        "2026-11-22T10:15:00+01", "2026-11-22T24:00:00Z",
        "2026-11-22T10:60:00Z", "2026-11-22T10:15:61Z", "2026-11-22T10:15:60Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
        "2026-04-31T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-11-22T10:15:00.Z", "2026-11-22T10:15:00.1234567890Z",
        "2026-11-22T10:15:00,5Z",
        "2026-11-22T10:15:00Z ", " 2026-11-22T10:15:00Z", "2026-11-22T10:15:00ZZ", "2026-11-22T10:15:00+24:00", "2026-11-22T10:15:00+01:60",
        "+2026-11-22T10:15:00Z",
        "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+00:01", "20261122T101500Z", "2026-W47-7T10:15:00Z", "２026-11-22T10:15:00Z",
        "0001-01-01T00:00:00Z", "2026-11-22T10:15:00.5", "2026-11-22T10:15:00+",
    ])
    func refuses(_ text: String) {
        #expect(Self.parse(text) == nil)
    }

    @Test func writes_what_it_reads_over_all_centuries() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let moment = Timestamp(rawValue: Int64.random(in: 0..<253_402_300_800_000_000, using: &random))
            #expect(Self.parse(Self.text(moment)) == moment.rawValue, "\(moment.rawValue)")
        }
        #expect(Self.text(Timestamp(rawValue: 1_795_342_500_120_000)) == "2026-11-22T10:15:00.120Z")
        #expect(Self.text(Timestamp(rawValue: -1)) == "1969-12-31T23:59:59.999999Z")
    }

    @Test func every_day_agrees_with_foundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for day in stride(from: 0, to: 200_000, by: 37) {
            let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
            let expected = String(format: "%04d-%02d-%02dT00:00:00Z", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            #expect(Self.text(Timestamp(seconds: Int64(day) * 86_400)) == expected)
        }
    }
}
