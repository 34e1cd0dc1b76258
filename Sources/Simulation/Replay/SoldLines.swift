internal import Commerce

/// Remembers what each customer bought, so that a cancellation finds its order: the newest earlier order of the same customer and
/// stock code with a line that still has enough units which were not cancelled.
///
/// 16 bytes per line of a known customer, and an entry per customer and product.
struct SoldLines {
    struct Order {
        var id: String
        /// When its parcels leave.
        var release: Timestamp
        /// `order.cancelled` messages sent so far.
        var cancellations = 0
    }

    private struct Line {
        var previous: Int32
        var order: Int32
        var ordinal: Int32
        var remaining: Int32
    }

    private struct Pair: Hashable {
        var customer: Int32
        var code: Int32
    }

    private(set) var orders: [Order] = []
    private var lines: [Line] = []
    private var newest: [Pair: Int32] = [:]
    private var customers: [String: Int32] = [:]
    private var codes: [String: Int32] = [:]

    /// - Returns: the order's place in `orders`.
    mutating func add(order id: String, release: Timestamp) -> Int {
        orders.append(Order(id: id, release: release))
        return orders.count - 1
    }

    /// A line of the order added last. Guests are not remembered.
    mutating func add(line row: RetailRow, of order: Int) {
        guard !row.customer.isEmpty else { return }
        let pair = Pair(customer: Self.number(row.customer, &customers), code: Self.number(row.code, &codes))
        let index = Int32(truncatingIfNeeded: lines.count)
        lines.append(
            Line(
                previous: newest[pair] ?? -1,
                order: Int32(truncatingIfNeeded: order),
                ordinal: Int32(truncatingIfNeeded: row.ordinal),
                remaining: Int32(truncatingIfNeeded: row.quantity)
            )
        )
        newest[pair] = index
    }

    /// Takes the units off the line it belongs to; `nil` where there is none.
    mutating func cancel(_ row: RetailRow) -> (order: Int, lineID: String)? {
        guard let customer = customers[row.customer], let code = codes[row.code] else { return nil }
        var index = newest[Pair(customer: customer, code: code)] ?? -1
        while index >= 0 {
            let line = lines[Int(index)]
            if Int64(line.remaining) >= -row.quantity {
                lines[Int(index)].remaining -= Int32(truncatingIfNeeded: -row.quantity)
                return (Int(line.order), String(line.ordinal))
            }
            index = line.previous
        }
        return nil
    }

    mutating func countCancellation(of order: Int) { orders[order].cancellations += 1 }

    private static func number(_ text: String, _ numbers: inout [String: Int32]) -> Int32 {
        if let number = numbers[text] { return number }
        let number = Int32(truncatingIfNeeded: numbers.count)
        numbers[text] = number
        return number
    }
}
