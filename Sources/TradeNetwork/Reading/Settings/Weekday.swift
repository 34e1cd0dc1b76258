/// A day of the week, as a network file writes it.
enum Weekday: String, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun

    /// 1 Monday to 7 Sunday.
    var number: Int {
        switch self {
        case .mon: 1
        case .tue: 2
        case .wed: 3
        case .thu: 4
        case .fri: 5
        case .sat: 6
        case .sun: 7
        }
    }
}

extension ObjectReader {
    /// A list of days of the week, as their numbers in ascending order.
    func weekdays(_ key: String) -> [Int]? {
        value(key)?.set { $0.choice(Weekday.self) }?.map(\.number).sorted()
    }
}
