internal import CPangoCairo

/// How a text looks.
enum TextStyle: Int, CaseIterable {
    case letterhead, title, strong, body, bodyBold, small, smallBold, label

    var size: Double {
        switch self {
        case .letterhead: 16
        case .title: 19
        case .strong: 11
        case .body, .bodyBold: 9
        case .small, .smallBold: 8
        case .label: 7.25
        }
    }

    var isBold: Bool {
        switch self {
        case .letterhead, .title, .strong, .bodyBold, .smallBold: true
        case .body, .small, .label: false
        }
    }
}

/// Sets text with Pango: any script, with whatever fonts the machine has for it.
///
/// Fonts and layouts are made once and used for every document: finding fonts costs more than drawing with them. Not thread-safe.
final class Typesetter {
    enum Alignment { case left, right }

    /// A measured piece of text.
    struct Extent {
        let width: Double
        let height: Double
        /// From its top to its first line's baseline.
        let baseline: Double
    }

    private let fonts: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    /// One per style, in the order of the cases; each holds the text it was given last.
    private let layouts: [OpaquePointer]

    /// Letters first from Noto Sans, then from DejaVu; Pango searches all fonts for what neither has.
    private static let family = "Noto Sans, DejaVu Sans, sans-serif"

    init() {
        fonts = pango_cairo_font_map_new()
        context = pango_font_map_create_context(fonts)
        pango_cairo_context_set_resolution(context, 72)
        pango_context_set_round_glyph_positions(context, 0)
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        layouts = TextStyle.allCases.map { [context] in Self.makeLayout($0, context) }
        setLanguage("en")
    }

    deinit {
        for layout in layouts { g_object_unref(UnsafeMutableRawPointer(layout)) }
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(fonts)
    }

    private static func makeLayout(_ style: TextStyle, _ context: OpaquePointer) -> OpaquePointer {
        let layout: OpaquePointer = pango_layout_new(context)
        let font = pango_font_description_new()
        pango_font_description_set_family_static(font, family)
        pango_font_description_set_size(font, Int32(style.size * Double(PANGO_SCALE)))
        pango_font_description_set_weight(font, style.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
        // A hyphen set where a word is cut would change article numbers.
        let attributes = pango_attr_list_new()
        pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(0))
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
        return layout
    }

    /// Decides between the shapes of letters that languages write differently (Chinese and Japanese, Serbian and Russian); never taken
    /// from the environment, so that the same document looks the same everywhere.
    func setLanguage(_ language: String) {
        pango_context_set_language(context, pango_language_from_string(language))
    }

    /// What the text takes, in lines of at most `width`; what does not fit into `maxLines` is cut with an ellipsis.
    func measure(_ text: String, _ style: TextStyle, width: Double? = nil, maxLines: Int32 = 1) -> Extent {
        let layout = set(text, style, width, maxLines, .left)
        var (columns, rows): (Int32, Int32) = (0, 0)
        pango_layout_get_size(layout, &columns, &rows)
        return Extent(
            width: Double(columns) / Double(PANGO_SCALE),
            height: Double(rows) / Double(PANGO_SCALE),
            baseline: Double(pango_layout_get_baseline(layout)) / Double(PANGO_SCALE)
        )
    }

    /// Draws text with its first baseline at `baseline`; `x` is its left edge, or its right one when aligned right.
    func draw(
        _ text: String,
        _ style: TextStyle,
        _ color: Color = .ink,
        on canvas: PDFCanvas,
        x: Double,
        baseline: Double,
        width: Double? = nil,
        maxLines: Int32 = 1,
        align: Alignment = .left
    ) {
        let layout = set(text, style, width, maxLines, align)
        var left = x
        if align == .right {
            var columns: Int32 = 0
            pango_layout_get_size(layout, &columns, nil)
            left -= width ?? Double(columns) / Double(PANGO_SCALE)
        }
        canvas.setColor(color)
        cairo_move_to(canvas.context, left, baseline - Double(pango_layout_get_baseline(layout)) / Double(PANGO_SCALE))
        pango_cairo_show_layout(canvas.context, layout)
    }

    private func set(_ text: String, _ style: TextStyle, _ width: Double?, _ maxLines: Int32, _ align: Alignment) -> OpaquePointer {
        let layout = layouts[style.rawValue]
        var text = text.printable
        text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { pango_layout_set_text(layout, $0.baseAddress, Int32($0.count)) }
        }
        pango_layout_set_width(layout, width.map { Int32($0 * Double(PANGO_SCALE)) } ?? -1)
        pango_layout_set_height(layout, -maxLines)
        // Pango turns left and right around in right-to-left text; a column of ours keeps its edge.
        pango_layout_set_alignment(layout, (align == .right) != text.isRightToLeft ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT)
        return layout
    }
}

extension String {
    /// Whether the first letter belongs to a script that runs from right to left, which makes the whole paragraph do so.
    var isRightToLeft: Bool {
        guard !utf8.allSatisfy({ $0 < 0x80 }), let first = unicodeScalars.first(where: { $0.properties.isAlphabetic }) else { return false }
        // Unicode's blocks of right-to-left scripts: Hebrew to Arabic Extended-A, the presentation forms, and two ranges beyond.
        return switch first.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }

    /// The text as one paragraph that a column can hold: control characters and line ends become spaces, what is longer than any
    /// place for it is cut, and noncharacters, which cairo refuses as "not valid UTF-8", become U+FFFD.
    var printable: String {
        let limit = 500
        guard utf8.count <= limit, utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            var scalars = UnicodeScalarView()
            for scalar in unicodeScalars.prefix(limit) {
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator: scalars.append(" ")
                case .unassigned where scalar.properties.isNoncharacterCodePoint: scalars.append("\u{FFFD}")
                default: scalars.append(scalar)
                }
            }
            if utf8.count > limit, unicodeScalars.dropFirst(limit).first != nil { scalars.append("…") }
            return String(scalars)
        }
        return self
    }
}
