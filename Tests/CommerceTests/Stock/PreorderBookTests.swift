import Commerce
import Testing

struct PreorderBookTests {
    @Test func a_line_fits_whole_or_not_at_all() {
        var book = PreorderBook(limits: [7: 5, 8: 2], promised: [7: 1, 8: 9])
        #expect(book.left(of: 7) == 4 && book.left(of: 8) == 0 && book.left(of: 9) == 0)
        let taken = [(3, 7), (2, 7), (1, 7), (1, 7), (1, 8), (1, 9)].map { book.take($0.0, of: $0.1) }
        #expect(taken == [true, false, true, false, false, false])
        #expect(book.left(of: 7) == 0)
    }
}
