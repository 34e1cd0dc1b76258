/// Why a document could not be rendered.
package struct DocumentError: Error, Hashable, CustomStringConvertible {
    /// What the drawing library said, without any of the document's contents.
    package let reason: String
    /// Whether the same document may come out another time: only when memory ran out.
    package let isRetriable: Bool

    package var description: String { "the document could not be rendered: \(reason)" }
}
