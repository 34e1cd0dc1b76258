import Messages
import Testing

@Suite struct WorkMessageTests {
    @Test(arguments: [
        WorkMessage.source(orders: [1, 2, .max]), .source(orders: []), .wake(skus: [7], after: 0), .wake(skus: [7, 8], after: 12),
        .invoice(shipments: [3]),
        .availability(skus: [1, 5]), .promise(skus: [4]),
    ])
    func reads_what_it_writes(_ message: WorkMessage) throws {
        #expect(try WorkMessage(json: message.json()) == message)
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"orders":1}"#, #"{"orders":[0]}"#, #"{"orders":["1"]}"#, #"{"orders":[1.0]}"#, #"{"orders":[1],"skus":[2]}"#,
        #"{"orders":[1]} x"#,
        #"{"orders":[1],"orders":[1]}"#, #"{"order":[1]}"#,
    ])
    func refuses(_ text: String) {
        #expect(throws: MessageRefusal.self) { try WorkMessage(json: Array(text.utf8)) }
    }
}
