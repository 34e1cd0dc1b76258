/// Why a file to be replayed cannot be read at all. Single bad rows are no error; they are counted.
package enum RetailFileError: Error, Hashable, Sendable {
    case cannotOpen(path: String, reason: String)
    /// `xz` is not installed, or the file is damaged.
    case cannotDecompress(path: String, reason: String)
    case readFailed(path: String, reason: String)
    /// The first record is not the layout's.
    case wrongHeader(path: String)
    /// A quoted field does not end within the bound, so where the next record begins is not known.
    case recordTooLong(path: String, record: Int)

    /// Only an interrupted read may go better next time.
    package var isRetriable: Bool { if case .readFailed = self { true } else { false } }
}

extension RetailFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "\(path) cannot be opened: \(reason)."
        case .cannotDecompress(let path, let reason): "\(path) cannot be decompressed: \(reason)."
        case .readFailed(let path, let reason): "\(path) cannot be read on: \(reason)."
        case .wrongHeader(let path): "\(path) does not begin with the columns \(RetailRow.header.joined(separator: ","))."
        case .recordTooLong(let path, let record): "\(path): record \(record) is longer than \(CSVReader.maximumRecord) bytes."
        }
    }
}
