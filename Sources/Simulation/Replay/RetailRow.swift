internal import Commerce

/// One row of the UCI Online Retail layout.
struct RetailRow {
    static let header = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]

    /// Its place in the file, from 1; the header is not counted.
    var ordinal: Int
    var invoice: String
    var code: String
    var description: String
    var quantity: Int64
    var time: Timestamp
    /// Pence, a half rounded up; the file has four prices of 0.001.
    var price: Int64
    /// Empty for a guest.
    var customer: String
    var country: String

    /// Whether an order could hold so many units, and a location be told of them. Real rows stay far below.
    var isWithinBounds: Bool { quantity.magnitude <= UInt64(PlacedOrder.maximumQuantity) }

    var isCancellation: Bool { invoice.utf8.first == UInt8(ascii: "C") }

    /// What is wrong with a record.
    enum Fault: Error {
        case fields, encoding, invoice, quantity, time, price
    }
}

/// Makes rows of records. Dates repeat from row to row, so the last one is kept.
struct RetailRowParser {
    private var ordinal = 0
    private var lastTime: (bytes: [UInt8], value: Timestamp)?

    /// Every record given counts as a row, good or bad.
    mutating func row(_ record: CSVReader.Record) throws(RetailRow.Fault) -> RetailRow {
        ordinal += 1
        guard !record.isMalformed, record.count == RetailRow.header.count else { throw .fields }
        guard let invoice = record.text(0), let code = record.text(1), let description = record.text(2), let customer = record.text(6),
            let country = record.text(7)
        else { throw .encoding }
        guard Self.isID(invoice), Self.isID(code), customer.isEmpty || Self.isID(customer) else { throw .invoice }
        guard let quantity = Self.integer(record.bytes[record.range(3)]), quantity != 0 else { throw .quantity }
        guard let time = time(record.bytes[record.range(4)]) else { throw .time }
        guard let price = Self.pence(record.bytes[record.range(5)]) else { throw .price }
        return RetailRow(
            ordinal: ordinal,
            invoice: invoice,
            code: code,
            description: Self.line(description),
            quantity: quantity,
            time: time,
            price: price,
            customer: customer,
            country: country
        )
    }

    /// A line of text as messages take it: what breaks or controls it becomes a space, what is too long is cut.
    private static func line(_ text: String) -> String {
        func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
        guard text.utf8.count > longestLine || text.unicodeScalars.contains(where: isControl) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(longestLine).map { isControl($0) ? " " : $0 }))
    }

    private static let longestLine = 200

    private static func isID(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.count <= 48 && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = isNegative ? bytes.dropFirst() : bytes
        guard (1...12).contains(digits.count) else { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        return isNegative ? -value : value
    }

    private static func pence(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let parts = (isNegative ? bytes.dropFirst() : bytes).split(
            separator: UInt8(ascii: "."),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard let pounds = parts.first.flatMap({ integer($0) }), pounds >= 0, pounds <= 9_999_999_999 else { return nil }
        var mills: Int64 = 0
        if parts.count == 2 {
            guard (1...9).contains(parts[1].count), integer(parts[1]) ?? -1 >= 0 else { return nil }
            let fraction = (parts[1] + [48, 48, 48]).prefix(3)
            mills = integer(fraction) ?? 0
        }
        let pence = pounds * 100 + (mills + 5) / 10
        return isNegative ? -pence : pence
    }

    /// `2010-12-01 08:26:00`, on a London clock.
    private mutating func time(_ bytes: ArraySlice<UInt8>) -> Timestamp? {
        if let lastTime, bytes.elementsEqual(lastTime.bytes) { return lastTime.value }
        let text = Array(bytes)
        guard text.count == 19, text[4] == 45, text[7] == 45, text[10] == 32, text[13] == 58, text[16] == 58 else { return nil }
        func number(_ range: Range<Int>) -> Int64? { Self.integer(text[range]).flatMap { $0 < 0 ? nil : $0 } }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), hour < 24, minute < 60, second < 60
        else { return nil }
        let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
        // Stock lies there an hour before the first sale, and messages know no time before 1970.
        guard date.isValid, year > 1970 else { return nil }
        let value = LondonTime.moment(date.dayNumber * 86_400 + hour * 3_600 + minute * 60 + second)
        lastTime = (text, value)
        return value
    }
}
