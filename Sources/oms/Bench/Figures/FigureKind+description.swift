extension FigureKind {
    /// What the figure is, in lines of at most `width` characters.
    func description(width: Int) -> [String] {
        let goal = targetText.isEmpty ? "" : ", target \(targetText)"
        return ["\(name)  (\(unit)\(goal))"] + Self.wrapped("\(meaning).", width: width - 4).map { "    \($0)" }
            + Self.wrapped(method, width: width - 4).map { "    \($0)" } + [""]
    }

    /// The text in lines; a word that is too long has a line of its own.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
