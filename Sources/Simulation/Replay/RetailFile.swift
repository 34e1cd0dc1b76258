/// A file in the UCI Online Retail layout, read from its beginning, a row at a time.
struct RetailFile {
    private var reader: CSVReader
    private var parser = RetailRowParser()
    private var rowsLeft: Int

    /// - Parameter limit: rows to read at most; `nil` for all.
    init(_ source: ByteSource, path: String, limit: Int?) throws(RetailFileError) {
        self.init(reader: CSVReader(path: path) { () throws(RetailFileError) in try source.next() }, limit: limit)
        guard let header = try reader.next(), header.count == RetailRow.header.count else { throw .wrongHeader(path: path) }
        for (field, name) in RetailRow.header.enumerated() {
            // A byte order mark is no part of the first name.
            let text = header.text(field).map { $0.unicodeScalars.first == "\u{FEFF}" ? String($0.unicodeScalars.dropFirst()) : $0 }
            guard text == name else { throw .wrongHeader(path: path) }
        }
    }

    private init(reader: CSVReader, limit: Int?) {
        self.reader = reader
        rowsLeft = limit ?? .max
    }

    /// The next row, or what is wrong with it; `nil` at the end.
    mutating func next() throws(RetailFileError) -> Result<RetailRow, RetailRow.Fault>? {
        guard rowsLeft > 0, let record = try reader.next() else { return nil }
        rowsLeft -= 1
        do throws(RetailRow.Fault) {
            return .success(try parser.row(record))
        } catch {
            return .failure(error)
        }
    }
}

extension RetailRow.Fault {
    var destination: RowDestination {
        switch self {
        case .fields: .badFields
        case .encoding: .badEncoding
        case .invoice: .badID
        case .quantity: .badQuantity
        case .time: .badTime
        case .price: .badPrice
        }
    }
}
