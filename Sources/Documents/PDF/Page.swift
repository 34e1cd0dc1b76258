/// Where things stand on A4, in points. After DIN 5008 form B: the recipient shows in the window of a DL envelope, and the
/// folding marks fit it.
enum Page {
    static let width = millimeters(210)
    static let height = millimeters(297)
    static let left = millimeters(25)
    static let right = width - millimeters(20)
    static var contentWidth: Double { right - left }

    static let letterheadBaseline = millimeters(25)
    static let senderLineBaseline = millimeters(49.5)
    static let recipientTop = millimeters(54)
    static let recipientBottom = millimeters(90)
    static let recipientWidth = millimeters(75)
    static let factsTop = millimeters(50)
    static let factsLeft = millimeters(118)
    static let factsLabelWidth = millimeters(29)
    static let titleBaseline = millimeters(104)
    static let foldingMarks = [millimeters(105), millimeters(210)]

    /// Where a further page's content begins, below its running head.
    static let runningHeadBaseline = millimeters(20)
    static let furtherTop = millimeters(27)
    /// Where content ends.
    static let bottom = height - millimeters(35)
    static let footerTop = height - millimeters(32)
    static let footerBottom = height - millimeters(9)

    static func millimeters(_ value: Double) -> Double { value * 72 / 25.4 }
}
