internal import Mustache

/// What a template names, in the library's own terms.
///
/// It asks each value it meets for its protocols, by name after name up the stack: of a dictionary or a string that takes the runtime a long
/// search with no result, of these two it is known at once. A mail is written in half the time.
struct TemplateObject: MustacheParent {
    private var children: [String: Any]

    /// - Parameter values: texts, truths, and objects and lists of objects of such.
    init(_ values: [String: Any]) {
        children = values.mapValues(Self.wrapped)
    }

    mutating func add(_ name: String, _ text: String) { children[name] = TemplateText(text) }

    func child(named name: String) -> Any? { children[name] }

    private static func wrapped(_ value: Any) -> Any {
        switch value {
        case let text as String: TemplateText(text)
        case let list as [[String: Any]]: list.map(TemplateObject.init)
        case let object as [String: Any]: TemplateObject(object)
        default: value
        }
    }
}

/// A text in a template.
private struct TemplateText: MustacheCustomRenderable {
    let renderText: String

    init(_ text: String) { renderText = text }

    var isNull: Bool { false }
}
