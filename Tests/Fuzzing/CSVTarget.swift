internal import Commerce
internal import Messages
package import Simulation

/// The CSV reader, and what a replay makes of its rows.
package struct CSVTarget: FuzzTarget {
    package let name = "csv"
    package let samples: [FuzzSample]

    package init() {
        // Longer ones too, of which the header is a small part.
        let longer = [Self.texts.dropLast().joined(), String(repeating: Self.texts.dropLast().joined(), count: 3)]
        samples = (Self.texts + longer).enumerated().map { FuzzSample(name: "sales \($0)", bytes: Array((Self.header + $1).utf8)) }
    }

    private static let header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"

    private static let texts = [
        """
        1,85123A,"HEART, ""WHITE"" HOLDER",6,2011-06-01 08:26:00,2.55,17850,United Kingdom
        1,85123a,lower case,1,2011-06-01 08:26:00,1.00,17850,United Kingdom
        1,POST,POSTAGE,2,2011-06-01 08:26:00,18.00,17850,United Kingdom
        1,D,Discount,-1,2011-06-01 08:26:00,5.00,17850,United Kingdom
        1,22139,FREE GIFT,1,2011-06-01 08:26:00,0.0,17850,United Kingdom

        """,
        """
        1,23843,PAPER CRAFT,80995,2011-12-09 09:15:00,2.08,16446,United Kingdom
        C2,23843,PAPER CRAFT,-80995,2011-12-09 09:27:00,2.08,16446,United Kingdom
        3,23843,PAPER CRAFT,5,2011-12-09 10:00:00,2.08,16446,EIRE
        C5,23843,PAPER CRAFT,-4,2011-12-09 10:06:00,2.08,16446,EIRE
        C6,23843,PAPER CRAFT,-2,2011-12-09 15:00:00,2.08,16446,Germany

        """,
        """
        1,22139,damages,-20,2011-01-05 09:00:00,0.0,,United Kingdom
        2,22139,found,12,2011-04-05 09:05:00,0,,United Kingdom
        3,M,Manual,1,2011-01-05 09:00:00,5.0,1,EIRE
        A1,B,Adjust bad debt,1,2011-01-05 09:00:00,-11062.06,,EIRE
        C1,BANK CHARGES,x,-1,2011-01-05 09:00:00,5.0,,RSA

        """,
        "1,22139,\"two\r\nlines, \"\"quoted\"\"\",1,2011-02-20 09:00:00,1.00,1,France\r\n2,22140,plain,1,2011-02-20 09:05:00,1.00,1,France",
    ]

    package let tokens: [[UInt8]] = [
        ",", "\"", "\"\"", "\",\"", "\"\"\"", ",,,,,,,", "\r", "\n", "\r\n", "\n\n", "\",\n", "C", "C1", "POST", "DOT", "D", "M", "S", "B",
        "PADS", "-1", "0.001",
        "2011-02-29 09:00:00", "1969-12-31 23:59:59", "9999-12-31 23:59:59", "2011-03-27 01:30:00", "Unspecified", "Channel Islands", ";",
        "\t", "=1+1",
    ].map { Array($0.utf8) }

    package let nestings = [
        FuzzNesting("\"", "\""), FuzzNesting("\"\"", ""), FuzzNesting(",", ""), FuzzNesting("\"\n", ""), FuzzNesting("\r", ""),
    ]

    package func read(_ input: FuzzInput, _ random: inout SplitMix64) throws(FuzzComplaint) -> FuzzOutcome {
        let chunks = [1, 2, 7, 64, 4_096, 1 << 18]
        let chunk = chunks[random.below(chunks.count)]
        let expected = PlainCSV.records(input.bytes)
        if let refused = try compare(input.bytes, chunk, expected) { return .refused(refused) }
        return try replay(input.bytes, chunk, rows: expected.count - 1)
    }

    /// The reader finds the records that are there. Gives the code where it refuses the file.
    private func compare(_ bytes: [UInt8], _ chunk: Int, _ expected: [PlainCSV.Record]) throws(FuzzComplaint) -> String? {
        let source = ByteSource(bytes: bytes, chunk: chunk, name: name)
        var reader = CSVReader(path: name) { () throws(RetailFileError) in try source.next() }
        for (number, wanted) in expected.enumerated() {
            let record: CSVReader.Record?
            do throws(RetailFileError) {
                record = try reader.next()
            } catch {
                guard case .recordTooLong(_, number + 1) = error else { throw FuzzComplaint("record \(number + 1): \(error)") }
                try FuzzComplaint.unless(wanted.length >= CSVReader.maximumRecord, "record \(number + 1) is called too long and is not")
                return "record_too_long"
            }
            guard let record else { throw FuzzComplaint("the file ends after \(number) records of \(expected.count)") }
            let isSame =
                record.count == wanted.fields.count && record.isMalformed == wanted.isMalformed
                && (0..<record.count).allSatisfy { record.bytes[record.range($0)].elementsEqual(wanted.fields[$0]) }
            try FuzzComplaint.unless(isSame, "record \(number + 1) is read as \(record.count) fields, and has \(wanted.fields.count)")
        }
        do throws(RetailFileError) {
            if try reader.next() == nil { return nil }
        } catch {
            throw FuzzComplaint("after the last record: \(error)")
        }
        throw FuzzComplaint("the file goes on after its last record")
    }

    /// Every row has gone somewhere, and every message that tells of it is a valid one.
    private func replay(_ bytes: [UInt8], _ chunk: Int, rows: Int) throws(FuzzComplaint) -> FuzzOutcome {
        let (counts, invalid): (ReplayCounts, String?)
        do throws(RetailFileError) {
            (counts, invalid) = try replayed(bytes, chunk)
        } catch {
            guard case .wrongHeader = error else { throw FuzzComplaint("\(error)") }
            return .refused("wrong_header")
        }
        if let invalid { throw FuzzComplaint(invalid) }
        try FuzzComplaint.unless(
            counts.rows == rows && counts.accounted == rows,
            "of \(rows) rows \(counts.rows) were read and \(counts.accounted) are accounted for"
        )
        let isTold = counts.destinations.keys.contains { $0.isTold }
        return isTold ? .taken : .refused(counts.table.first?.destination.rawValue ?? "no rows")
    }

    /// All steps of a replay; the second is what is wrong with one of them.
    private func replayed(_ bytes: [UInt8], _ chunk: Int) throws(RetailFileError) -> (ReplayCounts, String?) {
        var replay = try RetailReplay(path: name) { () throws(RetailFileError) in ByteSource(bytes: bytes, chunk: chunk, name: name) }
        var last = Timestamp(rawValue: .min)
        var invalid: String?
        while let step = try replay.next() {
            if step.time < last { invalid = "a step is told after a later one" }
            last = step.time
            guard case .publish(let message) = step, invalid == nil else { continue }
            do throws(MessageRefusal) {
                _ = try InboundDecoder.decode(type: message.type, contentType: nil, body: message.body, receivedAt: Self.receipt)
            } catch {
                invalid = "\(message.type) would be refused: \(error)"
            }
        }
        return (replay.counts, invalid)
    }

    private static let receipt = Timestamp(seconds: 1_893_456_000)
}
