/// How large the numbers of a network file may be.
enum Limits {
    /// Minor units, as a unit price.
    static let money: ClosedRange<Int64> = 0...1_000_000_000_000
    /// Units of a SKU.
    static let units: ClosedRange<Int64> = 0...1_000_000_000
    /// Up to a year.
    static let minutes: ClosedRange<Int64> = 1...525_600
    /// Days from an order to the goods on the shelf.
    static let leadDays: ClosedRange<Int64> = 1...3_650
    static let percent: ClosedRange<Int64> = 0...100
    /// No two places are farther apart than half the Earth's circumference.
    static let kilometers: ClosedRange<Int64> = 1...20_038
    /// Of travel.
    static let days: ClosedRange<Int64> = 0...365
    static let priority: ClosedRange<Int64> = 0...1_000_000
}
