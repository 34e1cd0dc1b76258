internal import Testing

@testable internal import Documents

struct PaginationTests {
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func every_block_stands_once_in_order_inside_its_page(seed: UInt64) {
        var random = RandomOrders(seed: seed)
        let blocks = (0..<Int.random(in: 0...60, using: &random)).map { _ in
            Block(
                height: Double.random(in: 1...120, using: &random),
                keepsWithNext: Int.random(in: 0..<4, using: &random) == 0,
                isRow: Bool.random(using: &random)
            ) { _ in }
        }
        let pagination = Pagination(blocks, firstTop: 300, furtherTop: 80, bottom: 740, headHeight: 27)
        #expect(pagination.pages.joined().map(\.block) == Array(blocks.indices), "seed \(seed)")
        for (number, page) in pagination.pages.enumerated() {
            var top = number == 0 ? 300.0 : 80.0
            if let first = page.first, blocks[first.block].isRow { top += 27 }
            for placed in page {
                #expect(placed.top == top, "seed \(seed)")
                top += blocks[placed.block].height
            }
            #expect(top <= 740, "seed \(seed)")
        }
        for (page, next) in zip(pagination.pages, pagination.pages.dropFirst()) {
            guard let last = page.last, let first = next.first else { continue }
            // Here no chain is as tall as a page, so only the first page may have had to cut one.
            let isCut = blocks[last.block].keepsWithNext && first.block == last.block + 1
            #expect(!isCut || page.first?.block == 0 || chain(around: last.block, blocks) > 600, "seed \(seed)")
        }
    }

    private func chain(around block: Int, _ blocks: [Block]) -> Double {
        var start = block
        while start > 0, blocks[start - 1].keepsWithNext { start -= 1 }
        var end = block
        while end < blocks.count - 1, blocks[end].keepsWithNext { end += 1 }
        return blocks[start...end].reduce(0) { $0 + $1.height }
    }

    @Test func a_block_taller_than_a_page_does_not_loop() {
        let blocks = [Block(height: 2_000) { _ in }, Block(height: 10) { _ in }]
        #expect(Pagination(blocks, firstTop: 300, furtherTop: 80, bottom: 740, headHeight: 27).pages.count == 2)
    }

    @Test func nothing_still_gives_a_page() {
        #expect(Pagination([], firstTop: 300, furtherTop: 80, bottom: 740, headHeight: 27).pages.count == 1)
    }
}
