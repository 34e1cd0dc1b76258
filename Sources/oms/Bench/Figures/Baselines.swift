internal import Foundation

/// The last accepted figures, a file per machine.
struct Baselines: Sendable {
    /// From the project's root; ops/bench names it in full.
    static let folder = "ops/baselines"

    var folder: String

    func path(_ machine: Machine) -> String { "\(folder)/\(machine.slug).json" }

    /// The accepted figures of a machine; `nil`: none yet.
    func find(_ machine: Machine) throws -> FigureFile? {
        guard FileManager.default.fileExists(atPath: path(machine)) else { return nil }
        return try FigureFile.read(path(machine))
    }

    func required(of machine: Machine) throws -> FigureFile {
        guard let file = try find(machine) else {
            throw CommandFailure.wrongUse("Nothing was accepted yet on this machine: there is no \(path(machine)).")
        }
        return file
    }

    /// Writes the accepted figures, whole or not at all; gives the file.
    func keep(_ file: FigureFile) throws -> String {
        let path = path(file.machine)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(file.json).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure.wrongUse("\(path) cannot be written.")
        }
        return path
    }

    /// Why figures are nothing to compare with later; `nil` where they are.
    static func refusal(of file: FigureFile) -> String? {
        if file.mode == .quick { return "figures of --quick are a first look, and no measure for later ones" }
        // One run of an hour is as good as it gets.
        let single = file.figures.runs.filter { $0.value.count < FigureComparison.runsThatShowSpread && !$0.key.hasPrefix("soak_") }
        guard single.isEmpty else {
            return "fewer than \(FigureComparison.runsThatShowSpread) runs of \(single.keys.sorted().joined(separator: ", "))"
        }
        return nil
    }

    /// New figures, with those accepted before that were not measured again.
    static func merge(_ new: FigureFile, into old: FigureFile?) -> FigureFile {
        var merged = new
        for kind in old?.figures.kinds ?? [] where new.figures.runs[kind.name] == nil {
            for run in old?.figures.runs[kind.name] ?? [] { merged.figures.add(kind.name, run, unit: kind.unit) }
        }
        return merged
    }
}
