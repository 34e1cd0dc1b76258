internal import ArgumentParser
internal import MailTemplates

struct TemplatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "Mail templates.",
        subcommands: [Export.self, Check.self]
    )

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the built-in mail templates into a folder, to copy and change.",
            discussion:
                "Set OMS_TEMPLATES to the folder for the workers; files that are not there stay built-in.\n\nExample: oms templates export my-templates"
        )

        @Argument(help: "The folder; made where it is missing.")
        var folder: String

        func run() throws {
            do {
                let files = try MailTemplates.export(to: folder)
                Terminal.print("wrote \(files.count) files into \(folder)")
            } catch {
                throw CommandFailure.wrongUse("\(error)")
            }
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Render every template of a folder once, and tell what is wrong.",
            discussion: "Example: oms templates check my-templates"
        )

        @Argument(help: "The folder.")
        var folder: String

        func run() throws {
            do {
                let templates = try MailTemplates(directory: folder)
                Terminal.print("every template renders, in \(templates.locales.joined(separator: ", "))")
            } catch {
                throw CommandFailure.fault("\(error)")
            }
        }
    }
}
