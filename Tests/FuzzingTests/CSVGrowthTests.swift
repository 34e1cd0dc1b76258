import Simulation
import Testing

/// Work is counted, not time: it grows with the input, and not with its square.
@Suite(.timeLimit(.minutes(15)))
struct CSVGrowthTests {
    private static func records(_ bytes: [UInt8], chunk: Int) throws -> [Int] {
        let source = ByteSource(bytes: bytes, chunk: chunk, name: "test")
        var reader = CSVReader(path: "test") { () throws(RetailFileError) in try source.next() }
        var fields: [Int] = []
        while let record = try reader.next() { fields.append(record.count) }
        #expect(reader.looks <= 3 * bytes.count, "\(reader.looks) looks at \(bytes.count) bytes")
        return fields
    }

    /// Half a megabyte: its square is 10^11.
    private static let length = 500_000

    @Test(arguments: [
        "x", "\"", "\"\"", "\n\"", "x\"", "\"x\"", "\r",
    ])
    func a_long_record_that_comes_byte_by_byte_is_read_in_one_go(_ piece: String) throws {
        let content = String(repeating: piece, count: Self.length / piece.utf8.count)
        let records = try Self.records(Array("a,\"\(content)".utf8), chunk: 1)
        #expect(!records.isEmpty)
        #expect(try Self.records(Array("a,\"\(content)".utf8), chunk: 1 << 18) == records)
    }

    @Test func many_short_records_that_come_byte_by_byte_are_read_in_one_go() throws {
        let text = String(repeating: "a,\"b\"\"\n\",c\n", count: Self.length / 12)
        #expect(try Self.records(Array(text.utf8), chunk: 1) == Array(repeating: 3, count: Self.length / 12))
    }

    /// Here nothing is counted: looking for each row's invoice among all of them is some 10^11 comparisons, far beyond the time limit.
    @Test func a_file_of_which_every_row_is_an_invoice_of_the_same_minute_is_replayed_in_one_go() throws {
        let header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        let count = 400_000
        let rows = (0..<count).map { "\($0),M,x,1,2011-01-05 09:00:00,5.0,1,EIRE\n" }.joined()
        let bytes = Array((header + rows).utf8)
        var replay = try RetailReplay(path: "test") { () throws(RetailFileError) in ByteSource(bytes: bytes, chunk: 1 << 18, name: "test") }
        while try replay.next() != nil {}
        #expect(replay.counts.destinations == [.manual: count])
    }
}
