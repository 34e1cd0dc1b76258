/// A piece of a document that cannot be divided.
struct Block {
    var height: Double
    /// Whether it must stand on the same page as the block after it (as far as a page can hold both).
    var keepsWithNext = false
    /// A row of the line table: a page that begins with one carries the table's head.
    var isRow = false
    var draw: (_ top: Double) -> Void
}

/// Which blocks stand on which page, and where.
struct Pagination {
    struct Placed {
        var block: Int
        var top: Double
    }

    var pages: [[Placed]] = []

    /// - Parameters:
    ///   - firstTop: where the first page's content begins; later pages begin at `furtherTop`.
    ///   - headHeight: the table's head, drawn at the beginning of pages that begin with a row.
    init(_ blocks: [Block], firstTop: Double, furtherTop: Double, bottom: Double, headHeight: Double) {
        var page: [Placed] = []
        var top = firstTop
        func turn() {
            pages.append(page)
            (page, top) = ([], furtherTop)
        }
        func place(_ index: Int) {
            if page.isEmpty, blocks[index].isRow { top += headHeight }
            page.append(Placed(block: index, top: top))
            top += blocks[index].height
        }
        var start = 0
        while start < blocks.count {
            var end = start + 1
            while end < blocks.count, blocks[end - 1].keepsWithNext { end += 1 }
            let group = blocks[start..<end].reduce(0) { $0 + $1.height }
            let head = blocks[start].isRow ? headHeight : 0
            if top + group + (page.isEmpty ? head : 0) <= bottom {
                (start..<end).forEach(place)
                start = end
            } else if !page.isEmpty, furtherTop + head + group <= bottom || top + blocks[start].height > bottom {
                turn()
            } else {
                // No page can hold all that belongs together: what fits stays here.
                place(start)
                start += 1
            }
        }
        if !page.isEmpty || pages.isEmpty { pages.append(page) }
    }
}
