internal import CPangoCairo

/// A PDF being drawn, page after page, into memory. Points, from the upper left corner.
///
/// The same drawing gives the same bytes: cairo would write the time of day as creation date, so that is given from outside.
final class PDFCanvas {
    /// Where cairo writes to; a class of its own, since cairo wants an address that stays.
    private final class Sink {
        var bytes: [UInt8] = []
    }

    /// cairo's drawing context, for the typesetter.
    let context: OpaquePointer
    private let surface: OpaquePointer
    private let sink = Sink()

    /// - Parameter created: `2026-11-23T00:00:00Z`.
    init(width: Double, height: Double, title: String, author: String, created: String) {
        sink.bytes.reserveCapacity(32_768)
        surface = cairo_pdf_surface_create_for_stream(
            { sink, data, length in
                guard let sink, let data else { return CAIRO_STATUS_WRITE_ERROR }
                Unmanaged<Sink>.fromOpaque(sink).takeUnretainedValue().bytes
                    .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                return CAIRO_STATUS_SUCCESS
            },
            Unmanaged.passUnretained(sink).toOpaque(),
            width,
            height
        )
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, author)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created)
        context = cairo_create(surface)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    func endPage() { cairo_show_page(context) }

    /// Ends the document. cairo remembers the first error of all that was drawn, and tells it here.
    func finish() throws(DocumentError) -> [UInt8] {
        let drawn = cairo_status(context)
        cairo_surface_finish(surface)
        let written = cairo_surface_status(surface)
        for status in [drawn, written] where status != CAIRO_STATUS_SUCCESS {
            throw DocumentError(
                reason: String(cString: cairo_status_to_string(status)),
                isRetriable: status == CAIRO_STATUS_NO_MEMORY
            )
        }
        return sink.bytes
    }

    func fill(_ color: Color, x: Double, y: Double, width: Double, height: Double) {
        setColor(color)
        cairo_rectangle(context, x, y, width, height)
        cairo_fill(context)
    }

    func rule(_ color: Color, thickness: Double = 0.5, fromX: Double, toX: Double, y: Double) {
        setColor(color)
        cairo_set_line_width(context, thickness)
        cairo_move_to(context, fromX, y)
        cairo_line_to(context, toX, y)
        cairo_stroke(context)
    }

    func setColor(_ color: Color) { cairo_set_source_rgb(context, color.red, color.green, color.blue) }
}

/// A color on paper.
struct Color {
    let red: Double
    let green: Double
    let blue: Double

    /// - Parameter hex: `0xRRGGBB`.
    init(_ hex: UInt32) {
        red = Double(hex >> 16 & 0xFF) / 255
        green = Double(hex >> 8 & 0xFF) / 255
        blue = Double(hex & 0xFF) / 255
    }

    static let ink = Color(0x1B2129)
    static let muted = Color(0x667080)
    static let accent = Color(0x1F3F66)
    static let hairline = Color(0xD4DAE2)
    static let tint = Color(0xEFF3F8)
}
