internal import Foundation
internal import Messages

/// Where figures come from.
struct Machine: Sendable, Equatable, Decodable {
    var processor: String
    var cores: Int
    var memoryGigabytes: Int
    var kernel: String

    static func current() -> Machine {
        let cpu = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = cpu.split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last.map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        let kernel = (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? ""
        return Machine(
            processor: model ?? "unknown",
            cores: ProcessInfo.processInfo.processorCount,
            memoryGigabytes: Int((Double(ProcessInfo.processInfo.physicalMemory) / 1e9).rounded()),
            kernel: kernel.trimmingCharacters(in: .whitespacesAndNewlines)
        )
    }

    var line: String { "\(processor), \(cores) cores, \(memoryGigabytes) GB, Linux \(kernel)" }

    /// Another kernel is not another machine.
    func isAnother(than other: Machine) -> Bool {
        (processor, cores, memoryGigabytes) != (other.processor, other.cores, other.memoryGigabytes)
    }

    /// A file name for its figures: `amd-epyc-2-cores-25-gb`.
    var slug: String {
        let text = "\(processor) \(cores) cores \(memoryGigabytes) gb".lowercased()
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.joined(separator: "-")
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("processor", processor)
        json.member("cores", Int64(cores))
        json.member("memoryGigabytes", Int64(memoryGigabytes))
        json.member("kernel", kernel)
        json.endObject()
    }
}
