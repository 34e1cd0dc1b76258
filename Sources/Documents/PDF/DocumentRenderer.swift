package import Commerce
internal import PinnedExecutor

/// Renders documents on a thread of its own, one after the other: what asks for them never stalls Swift's cooperative pool.
package actor DocumentRenderer {
    private let executor: PinnedExecutor
    private var invoices: InvoiceRenderer?

    /// - Parameter name: the thread's, at most 15 bytes.
    package init(name: String = "documents") { executor = PinnedExecutor(name: name) }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    deinit { executor.stop() }

    /// The invoice as PDF. Renders in a few milliseconds a page; the first time also finds the fonts.
    package func pdf(_ invoice: Invoice) throws(DocumentError) -> [UInt8] {
        let renderer = invoices ?? InvoiceRenderer()
        invoices = renderer
        return try renderer.pdf(invoice)
    }
}
