extension String {
    /// Made harmless for a terminal, and broken between words into lines of at most `width` columns.
    ///
    /// - Parameters:
    ///   - indent: spaces before the first line.
    ///   - hanging: how many more there are before each further line.
    func wrapped(_ width: Int = 80, indent: Int = 0, hanging: Int = 2) -> [String] {
        var lines: [String] = []
        var line = String(repeating: " ", count: indent)
        var isEmpty = true
        for word in Terminal.safe(self).split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = String(repeating: " ", count: indent + hanging)
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return (lines + [line]).map { $0.fitted(width) }
    }
}
