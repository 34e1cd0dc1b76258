internal import ArgumentParser

struct FulfillmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "fulfillment", abstract: "Fulfillment")
    func run() async throws {}
}
