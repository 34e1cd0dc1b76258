internal import Commerce
internal import Simulation

/// GeoNames' file of postal codes, a line at a time; what is wrong with lines is counted and kept, so far as it is told.
struct GeoNamesFile {
    struct BadLine {
        var number: Int
        var fault: GeoNamesPlace.Fault
    }

    private static let longestLine = 1 << 16
    /// Bad lines that are told one by one.
    static let toldLines = 20

    private let source: ByteSource
    private let path: String
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    private(set) var lines = 0
    private(set) var bad = 0
    /// Lines of places of which GeoNames does not know where they lie: no fault of the file.
    private(set) var unplaced = 0
    private(set) var firstBad: [BadLine] = []

    init(path: String) throws {
        self.path = path
        source = try ByteSource(path: path)
    }

    /// The next place; `nil` at the end. Bad lines are passed over.
    mutating func next() throws -> GeoNamesPlace? {
        while let line = try nextLine() {
            lines += 1
            guard !line.isEmpty else { continue }
            do throws(GeoNamesPlace.Fault) {
                return try GeoNamesPlace(line: line)
            } catch .noCoordinates {
                unplaced += 1
            } catch {
                bad += 1
                if firstBad.count < Self.toldLines { firstBad.append(BadLine(number: lines, fault: error)) }
            }
        }
        return nil
    }

    private mutating func nextLine() throws -> ArraySlice<UInt8>? {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                let line = buffer[position..<end]
                position = end + 1
                return line.last == 0x0D ? line.dropLast() : line
            }
            guard !isAtEnd else {
                let line = buffer[position...]
                position = buffer.count
                return line.isEmpty ? nil : line
            }
            guard buffer.count - position <= Self.longestLine else {
                throw CommandFailure.fault("\(Terminal.safe(path)): line \(lines + 1) is longer than \(Self.longestLine) bytes.")
            }
            buffer.removeSubrange(..<position)
            searched = buffer.count
            position = 0
            let more = try source.next()
            if more.isEmpty { isAtEnd = true } else { buffer += more }
        }
    }
}
