/// The shape of real trade, measured from UCI Online Retail (`online_retail.csv.xz`, 541,909 rows, 2010-12-01 to 2011-12-09; Chen, Sain,
/// Guo 2012). "Sale" is an invoice without letter with goods (five-digit codes and `DCGS…`) of positive quantity and price: 19,773 of them
/// with 527,758 lines of 3,907 products.
enum RetailShape {
    /// Products that were sold at least once.
    static let products = 3_907

    /// Lines per sale: mean 26.7, median 15, 7.6 % have one line, the largest 1,112.
    static let linesPerBasket = Quantiles([
        (0, 1), (0.0755, 1), (0.1168, 2), (0.2, 5), (0.25, 6), (0.3, 8), (0.4, 12), (0.5, 15), (0.6, 20), (0.7, 25), (0.75, 29), (0.8, 35),
        (0.9, 54), (0.95, 79), (0.98, 152), (0.99, 221), (0.995, 344), (0.998, 525), (0.999, 592), (0.9998, 748),
        (1, 1_112),
    ])

    /// The rank up to which the most popular products make that share of all lines.
    ///
    /// A plain Zipf law does not fit: its exponent is 0.27 over the first 100 ranks, 0.51 over the first 1,000 and 1.40 over all, and the
    /// best Zipf–Mandelbrot runs to the edge of the grid (q ≥ 800, s = 2.4); so the measured curve itself is used. The first
    /// product stands on 0.43 % of the lines, the last thousand together on 1.1 %.
    static let rankByShare = Quantiles([
        (0, 0), (0.0043, 1), (0.1, 43), (0.2, 110), (0.3, 204), (0.4, 326), (0.5, 480), (0.6, 679), (0.7, 936), (0.8, 1_287), (0.9, 1_813),
        (0.95, 2_251), (0.99, 2_989), (1, 3_907),
    ])

    /// Units per line: the 24 most frequent quantities as measured (97.2 % of the lines); the rest, up to the 99.9 % quantile of 448,
    /// stands for the long tail. Mean 9 (10.6 in the file, where 80,995 was once ordered).
    static let quantity = Weighted<Int64>([
        (1, 0.2774), (2, 0.1542), (12, 0.1156), (6, 0.0773), (4, 0.0726), (3, 0.0698), (24, 0.0455), (10, 0.0422), (8, 0.0248), (5, 0.0221),
        (48, 0.0115), (25, 0.0097), (20, 0.0095), (16, 0.0081), (36, 0.0072), (7, 0.0054), (9, 0.0038), (72, 0.0037), (96, 0.0034),
        (100, 0.0034), (18, 0.0034), (30, 0.0022), (40, 0.0020), (32, 0.0020), (15, 0.0080), (50, 0.0060), (60, 0.0040), (120, 0.0040),
        (144, 0.0030), (200, 0.0015), (288, 0.0008), (448, 0.0005),
    ])

    /// Mean of `quantity`.
    static let meanQuantity = 9.0
    static let meanLines = 26.7

    /// Median price of each product, pence.
    static let price = Quantiles([
        (0, 6), (0.02, 29), (0.1, 42), (0.25, 125), (0.5, 210), (0.75, 413), (0.9, 795), (0.95, 995), (0.99, 1_995), (1, 12_500),
    ])

    /// Lines whose product stands on an earlier line of the same sale: 2.0 % (on 14.0 % of the sales).
    static let repeatedProduct = 0.0198

    /// Sales without a customer: 6.9 %.
    static let guests = 0.0693

    /// Sales of which goods are cancelled within 12 hours: 239 of 19,773. (16 % are touched by a `C…` invoice at some time; the rest are returns.)
    static let cancelled = 0.0121
    /// Of these 239, 58 are cancelled whole; the others lose three lines on average.
    static let cancelledWhole = 0.243
    /// 194 of the 239 are cancelled within an hour.
    static let secondsToCancellation = Quantiles([(0, 60), (0.81, 3_600), (1, 14_400)])

    /// Sales by hour of the day, on a London clock.
    static let hour = Weighted<Int>([
        (6, 0.0001), (7, 0.0015), (8, 0.0286), (9, 0.0744), (10, 0.1183), (11, 0.12), (12, 0.162), (13, 0.1381), (14, 0.1223), (15, 0.1168),
        (16, 0.0665), (17, 0.0335), (18, 0.0097), (19, 0.0073), (20, 0.0009),
    ])

    /// Sales that leave the country: 9.5 %.
    static let abroad = 0.0947

    /// Orders per customer and year: 4.2; so on one day nearly everybody is a different person.
    static let customersPerOrder = 0.95
}
