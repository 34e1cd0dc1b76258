internal import CCurl

/// What libcurl's callbacks see while one mail is handed over.
struct SMTPUpload {
    var dialogue: SMTPDialogue
    let needsInternationalAddresses: Bool
    var isInternationalAddressRefused = false
    /// What is still to be sent; points into the mail, which outlives the call.
    var rest = UnsafeRawBufferPointer(start: nil, count: 0)

    /// libcurl asks for more of the mail.
    static let read: curl_read_callback = { target, size, count, context in
        guard let target, let upload = context?.assumingMemoryBound(to: SMTPUpload.self) else { return oms_curl_read_abort() }
        if upload.pointee.needsInternationalAddresses, !upload.pointee.dialogue.offersInternationalAddresses {
            upload.pointee.isInternationalAddressRefused = true
            return oms_curl_read_abort()
        }
        let chunk = upload.pointee.rest.prefix(size * count)
        UnsafeMutableRawBufferPointer(start: target, count: size * count).copyBytes(from: chunk)
        upload.pointee.rest = UnsafeRawBufferPointer(rebasing: upload.pointee.rest.dropFirst(chunk.count))
        if upload.pointee.rest.isEmpty { upload.pointee.dialogue.handedOver() }
        return chunk.count
    }

    /// libcurl tells what is said.
    static let listen: curl_debug_callback = { _, kind, data, size, context in
        guard let data, let upload = context?.assumingMemoryBound(to: SMTPUpload.self) else { return 0 }
        let line = UnsafeRawBufferPointer(start: data, count: size)
        switch kind {
        case CURLINFO_HEADER_OUT: upload.pointee.dialogue.sent(line)
        case CURLINFO_HEADER_IN: upload.pointee.dialogue.received(line)
        default: break
        }
        return 0
    }

    /// Takes what libcurl would print otherwise.
    static let ignore: curl_debug_callback = { _, _, _, _, _ in 0 }
}
