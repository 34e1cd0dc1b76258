/// Why templates cannot be used, or a mail cannot be made from them.
package enum MailTemplateError: Error, Sendable, Hashable {
    /// A template file is wrong; `line` counts from 1.
    case invalid(file: String, line: Int?, problem: String)
    /// The folder or a file in it cannot be read or written.
    case unreadable(path: String)
    /// The order's amounts do not fit into 64 bits, which no accepted order's do.
    case amountOutOfRange

    /// Nothing here changes by trying again.
    package var isRetriable: Bool { false }
}

extension MailTemplateError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalid(let file, let line, let problem):
            "the mail template \(file)\(line.map { ", line \($0)" } ?? ""): \(problem)"
        case .unreadable(let path): "the mail templates at \(path) cannot be read or written"
        case .amountOutOfRange: "an amount of the order is out of range"
        }
    }
}
