extension String {
    /// Its words in lines of at most `width` columns, made harmless for a terminal; the second line and those after it two columns further in.
    func wrapped(indent: Int, width: Int = 80) -> [String] {
        var lines: [String] = []
        var line = String(repeating: " ", count: indent)
        var isEmpty = true
        for word in Terminal.safe(self).split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = String(repeating: " ", count: indent + 2)
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return (lines + [line]).map { $0.fitted(width) }
    }
}
