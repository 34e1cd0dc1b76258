internal import Commerce

/// The parts of an order's body that stay the same.
struct BenchTemplate: Sendable {
    /// Larger than any order; a prefix is cut to fit.
    private static let capacity = 1_536
    private static let shipping: Int64 = 499

    let prefix: String
    /// Up to the order's number.
    private let head: [UInt8]
    /// From behind the order's number to the customer's, and the same for each town.
    private let placed: [UInt8]
    private let towns: [[UInt8]]
    private let flashLines: [[UInt8]]

    init(prefix: String, placedAt: Timestamp, flashSKUs: [String]) {
        self.prefix = String(prefix.prefix(40))
        head = Array(#"{"channel":"\#(BenchNetwork.channel)","orderId":"\#(self.prefix)"#.utf8)
        placed = Array(
            #"","placedAt":"\#(placedAt.rfc3339)","currency":"EUR","pricesIncludeTax":true,"customer":{"id":"c-"#.utf8
        )
        towns = [
            ("Hamburg", "20095", "53.55", "9.99"), ("Köln", "50667", "50.94", "6.96"), ("München", "80331", "48.14", "11.57"),
            ("Berlin", "10115", "52.53", "13.38"),
        ].map { city, postalCode, latitude, longitude in
            Array(
                """
                @example.com","locale":"de-DE"},"shippingAddress":{"name":"Ada Lovelace","street":"Hauptstraße 1","postalCode":"\(postalCode)",\
                "city":"\(city)","country":"DE","latitude":\(latitude),"longitude":\(longitude)},"lines":[
                """.utf8
            )
        }
        flashLines = flashSKUs.map { sku in
            Array(#"{"lineId":"1","sku":"\#(sku.prefix(64))","name":"Flash","quantity":1,"unitPrice":1999,"taxRate":"19"}"#.utf8)
        }
    }

    func mixedOrder(_ number: Int, _ draw: UInt64, products: Int, _ random: inout SplitMix64) -> [UInt8] {
        var lineDraws = (draw, random.next())
        return write(number, draw) { bytes in
            var total: Int64 = 0
            for line in 1...(1 + Int(draw >> 60 & 3)) {
                // 32 bits for each line.
                let bits = line % 2 == 1 ? lineDraws.1 & 0xFFFF_FFFF : lineDraws.1 >> 32
                if line == 2 { lineDraws.1 = SplitMix64.mix(lineDraws.1) }
                let product = 1 + (Int64(bits & 0xFF_FFFF) * Int64(products)) >> 24
                let quantity = 1 + Int64(bits >> 24) % 3
                let price = 199 + product * 37 % 9_800
                total += quantity * price
                bytes.append(line == 1 ? #"{"lineId":""# : #",{"lineId":""#)
                bytes.append(digits: Int64(line))
                bytes.append(#"","sku":"B-"#)
                bytes.append(padded: product, product > 99_999 ? 6 : 5)
                bytes.append(#"","name":"Article "#)
                bytes.append(padded: product, product > 99_999 ? 6 : 5)
                bytes.append(#"","quantity":"#)
                bytes.append(digits: quantity)
                bytes.append(#","unitPrice":"#)
                bytes.append(digits: price)
                bytes.append(#","taxRate":"19"}"#)
            }
            return total
        }
    }

    func flashOrder(_ number: Int, _ draw: UInt64) -> [UInt8] {
        write(number, draw) { bytes in
            if !flashLines.isEmpty { bytes.append(flashLines[number % flashLines.count]) }
            return 1_999
        }
    }

    /// - Parameter lines: writes the lines and gives their value.
    private func write(_ number: Int, _ draw: UInt64, _ lines: (inout ByteCursor) -> Int64) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.capacity) { buffer, count in
            var bytes = ByteCursor(buffer)
            bytes.append(head)
            bytes.append(padded: Int64(number), 9)
            bytes.append(placed)
            bytes.append(padded: Int64(number), 9)
            bytes.append(#"","name":"Ada Lovelace","email":"c-"#)
            bytes.append(padded: Int64(number), 9)
            bytes.append(towns[Int(draw >> 50 & 3)])
            let total = lines(&bytes) + Self.shipping
            bytes.append(#"],"shipping":{"method":"standard","price":499,"taxRate":"19"},"total":"#)
            bytes.append(digits: total)
            bytes.append(#","payments":[{"paymentId":"p-"#)
            bytes.append(padded: Int64(number), 9)
            bytes.append(#"","method":"card","status":"authorized","amount":"#)
            bytes.append(digits: total)
            bytes.append("}]}")
            count = bytes.count
        }
    }
}

/// Writes into a buffer and never beyond it: what does not fit is left out.
struct ByteCursor {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    @inline(__always)
    mutating func append(_ text: StaticString) { append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)) }

    @inline(__always)
    mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

    @inline(__always)
    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let from = bytes.baseAddress, let to = buffer.baseAddress, bytes.count <= buffer.count - count else { return }
        (to + count).initialize(from: from, count: bytes.count)
        count += bytes.count
    }

    /// A number that is not negative.
    @inline(__always)
    mutating func append(digits value: Int64) {
        var width = 1
        var rest = value
        while rest >= 10 {
            rest /= 10
            width += 1
        }
        append(padded: value, width)
    }

    /// The last `width` digits, with leading zeros.
    @inline(__always)
    mutating func append(padded value: Int64, _ width: Int) {
        guard width <= buffer.count - count, let to = buffer.baseAddress else { return }
        var rest = value
        for place in stride(from: count + width - 1, through: count, by: -1) {
            (to + place).initialize(to: UInt8(truncatingIfNeeded: 48 + rest % 10))
            rest /= 10
        }
        count += width
    }
}
