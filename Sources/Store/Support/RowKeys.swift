internal import Commerce

/// Compares texts byte by byte, as `COLLATE "C"` does. Swift's own `<` goes by canonical equivalence: two batches sorted by it
/// could lock rows under unique text keys in different orders.
package func precedesBytewise(_ left: String, _ right: String) -> Bool {
    ExactID.precedes(left, right)
}
